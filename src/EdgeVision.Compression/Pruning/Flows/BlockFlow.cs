using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Channels that become pixels and pixels that become channels, in blocks of b x b.</summary>
internal static class BlockFlow
{
    /// <summary>The b x b channels that make one go together. They lie C channels apart (DCR), or side by side (CRD).</summary>
    public static void DepthToSpace(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { Axis: 1 } axis)
        {
            trace.Block(node, "reads them along another axis than 1");
            return;
        }

        var block = Block(node);
        var (count, isSideBySide) = (axis.Length / block, node.Attribute("mode")?.S.ToStringUtf8() == "CRD");
        var given = isSideBySide ? [.. axis.Channels.Where((_, i) => i % block == 0)] : axis.Channels[..count];
        for (var i = 0; i < axis.Length; i++)
        {
            trace.Sets.Couple(given[isSideBySide ? i / block : i % count], axis.Channels[i]);
        }

        trace.Set(node.Output[0], new ChannelAxis(1, given));
    }

    public static void SpaceToDepth(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { Axis: 1 } axis)
        {
            trace.Block(node, "reads them along another axis than 1");
            return;
        }

        trace.Set(node.Output[0], new ChannelAxis(1, [.. Enumerable.Repeat(axis.Channels, Block(node)).SelectMany(channels => channels)]));
    }

    private static int Block(NodeProto node) => (int)(node.Attribute("blocksize")!.I * node.Attribute("blocksize")!.I);
}
