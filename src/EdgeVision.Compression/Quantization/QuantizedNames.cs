using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Short names for what is written, because there are a dozen for each layer and in a small network long ones weigh as much as weights.</summary>
internal sealed class QuantizedNames
{
    private readonly string _prefix = "q";
    private int _last;

    public QuantizedNames(OnnxGraph graph)
    {
        string[] taken = [.. graph.Nodes.SelectMany(node => node.Output.Append(node.Name)).Concat(graph.Proto.Initializer.Select(tensor => tensor.Name)).Concat(graph.Proto.Input.Select(input => input.Name))];
        while (taken.Any(name => name.StartsWith(_prefix, StringComparison.Ordinal)))
        {
            _prefix += "q";
        }
    }

    /// <summary>A name that neither the graph has nor was given before, with any suffix.</summary>
    public string Next() => $"{_prefix}{++_last}_";
}
