using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>What a network answers to random inputs, to tell whether a rewritten one still answers the same.</summary>
/// <remarks>Two inputs: one like normalised pictures (-1 to 1), one like bytes (0 to 255). The same every time.</remarks>
internal sealed class FunctionCheck
{
    private const int OpenLength = 64;
    private static readonly (float Least, float Greatest)[] Ranges = [(-1, 1), (0, 255)];

    private readonly List<Dictionary<string, NetworkTensor>> _inputs = [];
    private readonly List<Dictionary<string, NetworkTensor>> _answers = [];

    /// <exception cref="InferenceException">ONNX Runtime cannot run it on inputs of these shapes.</exception>
    public FunctionCheck(byte[] network, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        using var reference = TensorNetwork.Open(network, "the network before");
        foreach (var (range, seed) in Ranges.Select((range, seed) => (range, seed)))
        {
            var random = new Random(seed);
            _inputs.Add(reference.Inputs.ToDictionary(input => input.Name, input => Tensor(input, shapes.GetValueOrDefault(input.Name), random, range)));
            _answers.Add(reference.Run(_inputs[^1]));
        }
    }

    /// <summary>Largest difference of a float output, as a part of its greatest magnitude. NaN where one of both is no number.</summary>
    public double ErrorOf(byte[] network)
    {
        using var changed = TensorNetwork.Open(network, "the network after");
        return _inputs.Zip(_answers, (input, answer) => Error(answer, changed.Run(input))).Aggregate(0d, Math.Max);
    }

    private static double Error(Dictionary<string, NetworkTensor> answer, Dictionary<string, NetworkTensor> other) =>
        answer.Where(output => output.Value.Type == 1 && output.Value.Data.Length > 0).Select(output => Error(output.Value.Floats, other[output.Key].Floats))
            .Aggregate(0d, Math.Max); // which, unlike Max, lets no NaN pass

    private static double Error(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        if (before.Length != after.Length)
        {
            return double.NaN;
        }

        var differences = new float[before.Length];
        TensorPrimitives.Subtract(before, after, differences);
        var magnitude = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude(before)), float.Epsilon);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(differences)) / (double)magnitude;
    }

    private static NetworkTensor Tensor(NetworkValue input, IReadOnlyList<long>? shape, Random random, (float Least, float Greatest) range)
    {
        long[] lengths = [.. shape ?? input.Shape.Select((length, axis) => length > 0 ? length : axis == 0 ? 1L : OpenLength)];
        var count = (int)lengths.Aggregate(1L, (product, length) => product * length);
        if (input.Type == 1)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => range.Least + ((range.Greatest - range.Least) * random.NextSingle()))];
            return NetworkTensor.Of(lengths, values);
        }

        var bytes = new byte[count * BytesOf(input)];
        if (input.Type == 2)
        {
            random.NextBytes(bytes);
        }
        else if (input.Type == 10)
        {
            MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()).Fill((Half)1);
        }

        return new NetworkTensor(input.Type, lengths, bytes);
    }

    private static int BytesOf(NetworkValue input) => input.Type switch
    {
        2 or 3 or 9 => 1,
        10 => 2,
        6 => 4,
        7 or 11 => 8,
        _ => throw new CompressionException($"Input '{input.Name}' is of ONNX's type {input.Type}, which cannot be made up for the check: use a network with inputs of numbers."),
    };
}
