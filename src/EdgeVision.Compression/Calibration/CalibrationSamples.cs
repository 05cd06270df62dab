using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Samples that can be gone through again and again, one at a time, and are known by their digest.</summary>
internal sealed class CalibrationSamples
{
    private readonly IEnumerable<NetworkTensor> _samples;
    private readonly string _name;

    /// <exception cref="CompressionException">There is none.</exception>
    public CalibrationSamples(IEnumerable<NetworkTensor> samples, string name)
    {
        (_samples, _name) = (samples, name);
        First = samples.FirstOrDefault()
            ?? throw new CompressionException($"{name} was given no sample to calibrate with: name at least one picture that decodes; 32 to 200 typical ones are usual.");
        Expected = samples.TryGetNonEnumeratedCount(out var count) ? count : null;
    }

    public NetworkTensor First { get; }

    /// <summary>How many there are, where that is known before the first pass ends.</summary>
    public int? Expected { get; private set; }

    /// <summary>SHA-256 over types, shapes and content; empty before the first pass ends.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>One pass, each sample with its number from 1.</summary>
    /// <exception cref="CompressionException">A sample of another shape or type than the first, or a pass with another number of samples than the one before.</exception>
    public IEnumerable<(int Number, NetworkTensor Sample)> Pass()
    {
        using var hash = Digest.Length == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var number = 0;
        foreach (var sample in _samples)
        {
            number++;
            RequireLikeFirst(sample, number);
            hash?.AppendData(BitConverter.GetBytes(sample.Type));
            hash?.AppendData(MemoryMarshal.AsBytes(sample.Shape.AsSpan()));
            hash?.AppendData(sample.Data);
            yield return (number, sample);
        }

        if (hash is null && number != Expected)
        {
            throw new CompressionException($"{_name} was given {Expected} samples at first and {number} when they were read again: give samples that stay the same.");
        }

        Expected = number;
        Digest = hash is null ? Digest : Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void RequireLikeFirst(NetworkTensor sample, int number)
    {
        if (sample.Type != First.Type || !sample.Shape.AsSpan().SequenceEqual(First.Shape))
        {
            throw new CompressionException($"Sample {number} for {_name} has shape [{string.Join(", ", sample.Shape)}] and type {sample.Type}, the first has [{string.Join(", ", First.Shape)}] and type {First.Type}: prepare all samples alike.");
        }
    }
}
