using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>BatchNormalization and per-channel constants (an input's normalisation, mostly) into the weights and bias of the Conv or Gemm behind them, where that is exact.</summary>
internal static class AffineIntoConsumer
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Reverse().Where(node => node.Is("BatchNormalization", "Mul", "Add", "Sub", "Div")))
        {
            if (LinearNode.Of(run.Graph, run.Graph.OnlyReader(node.Output[0])) is { } linear && linear.Reads(node.Output[0])
                && ChannelAffine.Of(run.Graph, node, linear.InputChannels, linear.Rank) is { IsFinite: true } affine && (!affine.HasShift || IsUnpadded(linear.Node)))
            {
                linear.ScaleInput(affine.Scale, affine.Shift);
                run.Bypass(node, affine.Source, $"{node.OpType} folded into the {linear.Node.OpType} behind it");
            }
        }
    }

    // Each output of a ConvTranspose sums another number of inputs, those at the edges fewer.
    private static bool IsUnpadded(NodeProto linear) =>
        linear.OpType == "Gemm" || (linear.OpType == "Conv" && linear.Attribute("auto_pad")?.S.ToStringUtf8() is null or "NOTSET" or "VALID" && (linear.Attribute("pads")?.Ints ?? []).All(pad => pad == 0));
}
