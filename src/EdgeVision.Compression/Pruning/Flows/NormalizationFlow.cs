using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Normalisations: those of each channel on its own pass; those that mix channels keep them.</summary>
internal static class NormalizationFlow
{
    private const int Scale = 1;

    public static void PerChannel(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { Axis: 1 } axis)
        {
            trace.Block(node, "reads them along another axis than 1");
            return;
        }

        for (var slot = Scale; slot < node.Input.Count; slot++)
        {
            trace.Bind(node, slot, 0, axis.Channels, slot == Scale ? BindingRole.Scales : BindingRole.Accompanies);
        }

        trace.Set(node.Output[0], axis);
    }

    public static void OverLastAxes(ChannelTrace trace, NodeProto node) => Over(trace, node, (int)(node.Attribute("axis")?.I ?? -1), toTheEnd: true);

    // Until opset 12 everything from the axis on was flattened, and the axis was 1 where none is said.
    public static void OverOneAxis(ChannelTrace trace, NodeProto node)
    {
        var isOld = trace.Model.Opset < 13;
        Over(trace, node, (int)(node.Attribute("axis")?.I ?? (isOld ? 1 : -1)), toTheEnd: isOld);
    }

    private static void Over(ChannelTrace trace, NodeProto node, int first, bool toTheEnd)
    {
        if (trace.Lengths(node.Input[0]) is not { } lengths || trace.Of(node.Input[0]) is not { } axis)
        {
            trace.Block(node, "works on a tensor whose shape is not known");
            return;
        }

        first = first < 0 ? first + lengths.Length : first;
        if (axis.Axis == first || (toTheEnd && axis.Axis > first))
        {
            trace.Block(node, "weighs them against each other");
            return;
        }

        trace.Set(node.Output[0], axis);
    }
}
