using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What TensorRT asks of a network in explicit 8 bits, seen in the file itself: no zero points, biases in floats, products that read DequantizeLinear on both sides.</summary>
internal static class TensorRtStructure
{
    public static FusionReport Check(QuantizedNetwork network, string name)
    {
        var graph = OnnxModel.Load(network.Onnx, name, new GraphLimits(int.MaxValue, int.MaxValue)).Graph;
        var convs = graph.Nodes.Where(node => node.OpType == "Conv").ToArray();
        var integers = convs.Count(conv => Dequantized(graph, conv.Input[0]) && Dequantized(graph, conv.Input[1]));
        var report = new FusionReport([], convs.Length - integers, integers, graph.Nodes.Count(node => node.OpType == "QuantizeLinear"), graph.Nodes.Count(node => node.OpType == "DequantizeLinear" && graph.Initializer(node.Input[0]) is null));
        return report with { Differences = [.. Differences(graph, network.Promise, integers, name)] };
    }

    private static bool Dequantized(OnnxGraph graph, string value) => graph.ProducerOf(value)?.OpType == "DequantizeLinear";

    private static IEnumerable<string> Differences(OnnxGraph graph, FusionPromise promise, int integers, string name)
    {
        if (integers != promise.QLinearConvs)
        {
            yield return $"{name}: {promise.QLinearConvs} of {promise.Convs} convolutions were promised in integers, {integers} read DequantizeLinear on both sides.";
        }

        foreach (var node in graph.Nodes.Where(node => node.OpType is "QuantizeLinear" or "DequantizeLinear" && HasZeroPoint(graph, node)))
        {
            yield return $"{name}: {OnnxNode.Describe(node)} has a zero point, TensorRT takes symmetric values alone.";
        }

        foreach (var node in graph.Nodes.Where(node => node.OpType is "Conv" or "Gemm" && node.InputAt(2).Length > 0 && Dequantized(graph, node.Input[2])))
        {
            yield return $"{name}: the bias of {OnnxNode.Describe(node)} is in integers, TensorRT takes it in floats.";
        }
    }

    private static bool HasZeroPoint(OnnxGraph graph, NodeProto node) => graph.ConstantOf(node, 2) is { } zero && zero.RawData.Span.ContainsAnyExcept((byte)0);
}
