using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A pooling over three dimensions that only leaves channels out, as a Slice and a pooling over two: that one has an integer kernel.</summary>
/// <remarks>LPRNet: Unsqueeze, MaxPool of 1x3x3 with stride 4x1x2, Squeeze is every fourth channel, pooled 3x3 with stride 1x2.</remarks>
internal static class PoolingOverChannels
{
    public static void Apply(OnnxGraph graph)
    {
        foreach (var pool in graph.Nodes.Where(node => node.OpType == "MaxPool" && IsPlain(node)).ToArray())
        {
            if (graph.ProducerOf(pool.Input[0]) is { OpType: "Unsqueeze" } before && AddsChannel(graph, before) && graph.HasOneReader(pool.Input[0])
                && graph.OnlyReader(pool.Output[0]) is { OpType: "Squeeze" } after && AddsChannel(graph, after))
            {
                Replace(graph, before, pool, after);
            }
        }
    }

    private static bool IsPlain(NodeProto pool) => pool.Output.Count == 1
        && pool.Attribute("kernel_shape") is { Ints: [1, _, _] }
        && pool.Attribute("strides") is { Ints.Count: 3 }
        && pool.IntOf("ceil_mode", 0) == 0
        && (pool.Attribute("pads")?.Ints.All(pad => pad == 0) ?? true)
        && (pool.Attribute("dilations")?.Ints.All(step => step == 1) ?? true);

    private static bool AddsChannel(OnnxGraph graph, NodeProto node) => graph.ConstantOf(node, 1)?.ReadLongs() is [1];

    private static void Replace(OnnxGraph graph, NodeProto before, NodeProto pool, NodeProto after)
    {
        var (kernel, strides, source) = (pool.Attribute("kernel_shape")!.Ints, pool.Attribute("strides")!.Ints, before.Input[0]);
        graph.Remove(before);
        graph.Remove(after);
        if (strides[0] > 1)
        {
            graph.Insert(ChannelSlice.Of(graph, source, before.Output[0], 0, strides[0], before.Name));
            source = before.Output[0];
        }

        var flat = OnnxNode.Of("MaxPool", [source], [after.Output[0]], OnnxNode.Ints("kernel_shape", kernel[1], kernel[2]), OnnxNode.Ints("strides", strides[1], strides[2]));
        flat.Name = pool.Name;
        graph.Replace(pool, flat);
    }
}
