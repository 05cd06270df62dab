using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Has ONNX Runtime joined what was written to be joined? A network in 8 bits that it does not join is slower than floats, and nothing else tells.</summary>
/// <remarks>
/// In: a quantized network. It is loaded as on the device, and the graph that the runtime made of it is read. Out: counts, and every difference to the <see cref="FusionPromise"/>.
/// Example: 26 convolutions promised in integers, 25 QLinearConv found: the difference names the one that stayed and what stands behind it.
/// Any thread.
/// </remarks>
public static class FusionCheck
{
    /// <param name="network">Of any form; what TensorRT makes of its own no CPU can tell, so of that one the structure is checked.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InferenceException">The runtime refuses the network.</exception>
    public static FusionReport Check(QuantizedNetwork network, string name)
    {
        if (network.Promise.Form == QuantizationForm.TensorRtS8S8)
        {
            return TensorRtStructure.Check(network, name);
        }

        var graph = OnnxModel.Load(TensorNetwork.Optimize(network.Onnx, name), name, new GraphLimits(int.MaxValue, int.MaxValue)).Graph;
        var report = new FusionReport(
            [],
            graph.Nodes.Count(node => node.OpType is "Conv" or "FusedConv" or "ConvInteger"),
            graph.Nodes.Count(node => node.OpType is "QLinearConv"),
            graph.Nodes.Count(node => node.OpType is "QuantizeLinear"),
            graph.Nodes.Count(node => node.OpType is "DequantizeLinear" && graph.Initializer(node.Input[0]) is null))
        {
            Operators = new SortedDictionary<string, int>(graph.Nodes.GroupBy(Operator).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal),
        };
        return report with { Differences = [.. Differences(network.Promise, report, graph, name)] };
    }

    private static string Operator(NodeProto node) => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    private static IEnumerable<string> Differences(FusionPromise promise, FusionReport report, OnnxGraph graph, string name)
    {
        if (report.QLinearConvs != promise.QLinearConvs)
        {
            yield return $"{name}: {promise.QLinearConvs} of {promise.Convs} convolutions were promised in integers, {report.QLinearConvs} are: {string.Join("; ", FloatConvs(graph, promise))}.";
        }

        if (report.Quantize + report.Dequantize > promise.Borders)
        {
            yield return $"{name}: {promise.Borders} borders between floats and integers were promised, {report.Quantize} QuantizeLinear and {report.Dequantize} DequantizeLinear are left: {string.Join(", ", Borders(graph))}.";
        }
    }

    private static IEnumerable<string> FloatConvs(OnnxGraph graph, FusionPromise promise) => graph.Nodes
        .Where(node => node.OpType is "Conv" or "FusedConv" && !promise.FloatIslands.Contains(node.Name))
        .Select(node => $"{OnnxNode.Describe(node)} is left in floats, {Reason(graph, node)}");

    private static string Reason(OnnxGraph graph, NodeProto conv) => graph.ConsumersOf(conv.Output[0]) switch
    {
        [] => "because it gives an output of the network",
        [{ OpType: "QuantizeLinear" }] when graph.ProducerOf(conv.InputAt(2)) is null => "because its bias is not in steps of input scale x weight scale",
        [{ OpType: "QuantizeLinear" }] => "though nothing stands between it and its QuantizeLinear: its bias may have another scale than input x weights",
        [var only] => $"because {OnnxNode.Describe(only)} stands behind it",
        var several => $"because {several.Count} nodes read it",
    };

    private static IEnumerable<string> Borders(OnnxGraph graph) => graph.Nodes.Where(node => node.OpType is "QuantizeLinear" or "DequantizeLinear" && graph.Initializer(node.Input[0]) is null).Select(OnnxNode.Describe);
}
