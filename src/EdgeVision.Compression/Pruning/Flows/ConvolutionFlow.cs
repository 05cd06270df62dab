using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Convolutions: read the channels of axis 1 and give new ones. In groups of one channel those given go with the one that is read.</summary>
/// <remarks>In larger groups all must stay equally wide, so the channels at the same place of each group go together.</remarks>
internal static class ConvolutionFlow
{
    private const int Weights = 1, Bias = 2;

    /// <summary>Weights lie as [given, read / groups, ...].</summary>
    public static void Convolve(ChannelTrace trace, NodeProto node)
    {
        if (Begin(trace, node) is not var (weights, groups, read))
        {
            return;
        }

        var (count, each) = ((int)weights.Dims[0], (int)weights.Dims[1]);
        var given = Give(trace, node, count, each, groups, read);
        trace.Bind(node, Weights, 0, given, BindingRole.Gives);
        if (groups == 1 || each > 1)
        {
            BindRead(trace, node, 1, read.AsSpan(0, Math.Min(read.Length, each)).ToArray());
        }

        End(trace, node, given);
    }

    /// <summary>Weights lie as [read, given / groups, ...].</summary>
    public static void Transpose(ChannelTrace trace, NodeProto node)
    {
        if (Begin(trace, node) is not var (weights, groups, read))
        {
            return;
        }

        var (each, perGroup) = ((int)(weights.Dims[0] / groups), (int)weights.Dims[1]);
        var given = Give(trace, node, perGroup * groups, each, groups, read);
        BindRead(trace, node, 0, read);
        if (groups == 1 || each > 1)
        {
            trace.Bind(node, Weights, 1, given[..perGroup], BindingRole.Gives);
        }

        End(trace, node, given);
    }

    private static (TensorProto Weights, int Groups, int[] Read)? Begin(ChannelTrace trace, NodeProto node)
    {
        var (input, weights) = (trace.Of(node.Input[0]), trace.Graph.Initializer(node.Input[Weights]));
        if (weights is null)
        {
            trace.Block(node, "has weights that are no constant");
            return null;
        }

        if (input is { Axis: not 1 })
        {
            trace.Block(node, "reads them along another axis than 1");
            input = null;
        }

        return (weights, (int)(node.Attribute("group")?.I ?? 1), input?.Channels ?? []);
    }

    private static int[] Give(ChannelTrace trace, NodeProto node, int count, int each, int groups, int[] read)
    {
        var isDepthwise = groups > 1 && each == 1;
        var given = trace.Start(node, count, isDepthwise ? [] : read);
        if (isDepthwise)
        {
            Accompany(trace, node, given, groups, read);
        }
        else if (groups > 1)
        {
            CoupleGroups(trace, given, groups);
            CoupleGroups(trace, read, groups);
        }

        return given;
    }

    private static void Accompany(ChannelTrace trace, NodeProto node, int[] given, int groups, int[] read)
    {
        if (read.Length == 0)
        {
            trace.Sets.Block(given, $"{OnnxNode.Describe(node)} gives one for each that it reads, and those are fixed");
            return;
        }

        for (var i = 0; i < given.Length; i++)
        {
            trace.Sets.Couple(given[i], read[i / (given.Length / groups)]);
        }

        trace.Edits.Add(keep => node.Attribute("group")!.I = keep.Count(read));
    }

    private static void CoupleGroups(ChannelTrace trace, int[] channels, int groups)
    {
        var width = channels.Length / groups;
        for (var i = width; i < channels.Length; i++)
        {
            trace.Sets.Couple(channels[i % width], channels[i]);
        }
    }

    private static void BindRead(ChannelTrace trace, NodeProto node, int axis, int[] read)
    {
        if (read.Length > 0)
        {
            trace.Bind(node, Weights, axis, read, BindingRole.Reads);
        }
    }

    private static void End(ChannelTrace trace, NodeProto node, int[] given)
    {
        if (node.Input.Count > Bias && node.Input[Bias].Length > 0)
        {
            trace.Bind(node, Bias, 0, given, BindingRole.Accompanies);
        }

        if (given.Length == 1)
        {
            trace.Sets.Block(given, $"{OnnxNode.Describe(node)} gives only this one");
        }

        trace.Set(node.Output[0], new ChannelAxis(1, given));
    }
}
