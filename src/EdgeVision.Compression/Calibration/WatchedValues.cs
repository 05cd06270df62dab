using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>The values of a network that are asked for, in the order in which it gives them.</summary>
internal sealed class WatchedValues
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <exception cref="CompressionException">A value the network has not, or a network with several inputs.</exception>
    public WatchedValues(byte[] network, string name, IReadOnlyCollection<string> values)
    {
        var graph = OnnxModel.Load(network, name).Graph;
        var inputs = graph.Inputs.Select(input => input.Name).ToArray();
        Input = inputs.Length == 1
            ? inputs[0]
            : throw new CompressionException($"{name} has {inputs.Length} inputs ({string.Join(", ", inputs)}); samples can be run through networks with one.");
        FindPlaces(graph);
        if (values.FirstOrDefault(value => !_places.ContainsKey(value)) is { } missing)
        {
            throw new CompressionException($"{name} has no value '{missing}' to calibrate: name its input, a constant, or an output of one of its nodes.");
        }

        var asked = values.ToHashSet(StringComparer.Ordinal);
        WatchesInput = asked.Contains(Input);
        Inner = [.. _places.Keys.Where(value => value != Input && asked.Contains(value))];
    }

    /// <summary>Name of the network's only input.</summary>
    public string Input { get; }

    public bool WatchesInput { get; }

    /// <summary>All asked values but the input.</summary>
    public IReadOnlyList<string> Inner { get; }

    /// <summary>How messages call the giver of a value.</summary>
    public string PlaceOf(string value) => _places[value];

    private void FindPlaces(OnnxGraph graph)
    {
        _places[Input] = "the network's input";
        foreach (var tensor in graph.Proto.Initializer)
        {
            _places[tensor.Name] = "the network's constants";
        }

        foreach (var (node, value) in graph.TopologicalOrder().SelectMany(node => node.Output.Where(value => value.Length > 0), (node, value) => (node, value)))
        {
            _places[value] = OnnxNode.Describe(node);
        }
    }
}
