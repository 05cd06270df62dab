using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>One collection: values in groups, and for each group the samples from first to last.</summary>
internal sealed class CalibrationRun
{
    private const int FloatType = 1;

    // Because the values of a run, the network's other tensors of that run, and what ONNX Runtime and the collector keep in reserve take about the same each.
    private const int Parts = 3;

    private readonly byte[] _network;
    private readonly string _name;
    private readonly WatchedValues _values;
    private readonly CalibrationSamples _samples;
    private readonly CalibrationOptions _options;
    private readonly GarbageLimit _garbage;
    private readonly Dictionary<string, ValueCollector> _collectors = new(StringComparer.Ordinal);

    public CalibrationRun(byte[] network, string name, WatchedValues values, CalibrationSamples samples, CalibrationOptions options)
    {
        (_network, _name, _values, _samples, _options) = (network, name, values, samples, options);
        _garbage = new GarbageLimit(options.MemoryBytes / 24);
        foreach (var value in values.WatchesInput ? values.Inner.Prepend(values.Input) : values.Inner)
        {
            _collectors[value] = new ValueCollector(value, values.PlaceOf(value), options.Bins);
        }
    }

    public CalibrationData Collect(IProgress<double>? progress, CancellationToken stop)
    {
        var groups = Groups();
        for (var i = 0; i < groups.Count; i++)
        {
            using var part = Open(groups[i]);
            GarbageLimit.Release();
            foreach (var (number, sample) in _samples.Pass())
            {
                stop.ThrowIfCancellationRequested();
                Watch(part, sample, number, withInput: i == 0 && _values.WatchesInput);
                progress?.Report((i + Share(number)) / groups.Count);
            }
        }

        return ToData();
    }

    private TensorNetwork? Open(List<string> group) => group.Count > 0 ? TensorNetwork.Open(ExposedNetwork.Of(_network, _name, group), _name) : null;

    private List<List<string>> Groups()
    {
        if (_values.Inner.Count == 0)
        {
            return [[]];
        }

        try
        {
            return ValueGroups.Split(_values.Inner, ValueGroups.Measure(_network, _name, _values.Inner, Named(_samples.First)), _options.MemoryBytes / Parts);
        }
        catch (InferenceException exception)
        {
            throw new CompressionException($"{_name} cannot be run on samples of shape [{string.Join(", ", _samples.First.Shape)}]: {exception.Message} Prepare the samples as the network's input '{_values.Input}' asks.", exception);
        }
    }

    private Dictionary<string, NetworkTensor> Named(NetworkTensor sample) => new(StringComparer.Ordinal) { [_values.Input] = sample };

    private void Watch(TensorNetwork? part, NetworkTensor sample, int number, bool withInput)
    {
        if (withInput)
        {
            Add(_values.Input, sample.Type, sample.Shape, sample.Data, number);
        }

        part?.Run(Named(sample), (value, type, shape, data) => Add(value, type, shape, data, number));
        _garbage.Passed(sample.Data.Length);
    }

    private void Add(string value, int type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> data, int number)
    {
        if (type != FloatType)
        {
            throw new CompressionException($"Value '{value}' of {_values.PlaceOf(value)} has type {type}, only float32 (1) has a range to calibrate: leave it out.");
        }

        _collectors[value].Add(MemoryMarshal.Cast<byte, float>(data), shape, number);
    }

    // Until the first pass ends an open list may hold any number of samples: its share is that of a list as long again as what was read.
    private double Share(int number) => (double)number / (_samples.Expected ?? (2 * number));

    private CalibrationData ToData() => new(
        _collectors.Select(collector => KeyValuePair.Create(collector.Key, collector.Value.ToStatistics())),
        _samples.Expected ?? 0,
        Convert.ToHexStringLower(SHA256.HashData(_network)),
        _samples.Digest);
}
