using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>A network in 16-bit floats: half the file, and twice the speed where the hardware computes in them (GPUs, Jetson). A CPU widens them again.</summary>
/// <remarks>
/// In: a cleaned float model, which is not changed. Out: weights and values in 16 bits; inputs and outputs as they were, with a Cast at each end. What 16 bits cannot hold stays in 32: operators on
/// ONNX Runtime's block list, nodes with a constant or a calibrated value over 65504 or too small to be there, and nodes that count lengths. Example: Conv -> Resize -> Conv is
/// Cast, Conv, Cast, Resize, Cast, Conv, Cast. The same model gives the same bytes. One thread.
/// </remarks>
public static class HalfPrecision
{
    /// <summary>The name under which a package carries the network.</summary>
    public const string Variant = "fp16";

    /// <param name="ranges">Of values within the network, as far as they are known; without them only constants are held against the limits.</param>
    /// <param name="blocked">Names of nodes that shall stay in 32 bits.</param>
    /// <exception cref="CompressionException">The model is quantized, or has a node with a sub-graph.</exception>
    public static HalfNetwork Convert(OnnxModel cleaned, CalibrationData? ranges = null, IReadOnlySet<string>? blocked = null)
    {
        GraphCleanup.RequireFloat(cleaned);
        RequireFlat(cleaned);
        var model = cleaned.Copy();
        var floats = FloatValues.Of(model);
        var plan = new HalfPlan(model.Graph, floats, ranges, blocked);
        string[] floatNodes = [.. model.Graph.TopologicalOrder().Where(plan.IsFloat).Select(node => node.Name)];
        model.Graph.Proto.ValueInfo.Clear();
        new HalfWriter(model.Graph, floats, plan).Write();
        return new HalfNetwork(model.Save(), floatNodes);
    }

    // What a sub-graph takes from around it has one width, and it would have to be the right one in every branch.
    private static void RequireFlat(OnnxModel model)
    {
        if (model.Graph.Nodes.FirstOrDefault(node => node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0)) is { } node)
        {
            throw new CompressionException($"{model.Name}: {OnnxNode.Describe(node)} holds a sub-graph, which cannot be narrowed to 16 bits. Export the network without control flow, or use another form.");
        }
    }
}
