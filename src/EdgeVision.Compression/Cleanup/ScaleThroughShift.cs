using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Constants that multiply before others are added: into the weights behind both, the sum's constants divided by them. Exact where a Conv pads, because a padded zero stays one.</summary>
/// <remarks>Example: HardSwish of a learned scale, x · 0.5 + 0.2 into a padded Conv, becomes x + 0.4 into one with halved weights: one node less, and an integer kernel for what is left.</remarks>
internal static class ScaleThroughShift
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Where(node => node.Is("Mul", "Div")))
        {
            if (OnlyReader(run.Graph, node) is { OpType: "Add" } add && LinearNode.Of(run.Graph, OnlyReader(run.Graph, add)) is { } linear && linear.Node.Input[0] == add.Output[0] && linear.Node.IntOf("transA", 0) == 0)
            {
                Fold(run, node, add, linear);
            }
        }
    }

    private static void Fold(CleanupRun run, NodeProto node, NodeProto add, LinearNode linear)
    {
        var (scale, shift) = (ChannelAffine.Of(run.Graph, node, linear.InputChannels, linear.Rank)?.Scale, ChannelAffine.Of(run.Graph, add, linear.InputChannels, linear.Rank)?.Shift);
        if (scale is null || shift is null || shift.Zip(scale, (term, factor) => term / factor).ToArray() is var moved && !moved.All(double.IsFinite))
        {
            return;
        }

        float[] values = moved.Distinct().Count() == 1 ? [(float)moved[0]] : [.. moved.Select(value => (float)value)];
        var constant = run.Graph.FloatsOf(add, 1) is not null ? 1 : 0;
        run.Graph.SetConstant(add, constant, OnnxTensor.Of(add.Input[constant] + "_moved", values.Length == 1 ? [1] : [values.Length, .. Enumerable.Repeat(1L, linear.Rank - 2)], values));
        linear.ScaleInput(scale, new double[scale.Length]);
        run.Bypass(node, node.Input[run.Graph.FloatsOf(node, 1) is not null ? 0 : 1], $"{node.OpType} folded into the {linear.Node.OpType} behind an Add");
    }

    private static NodeProto? OnlyReader(OnnxGraph graph, NodeProto node) => graph.HasOneReader(node.Output[0]) ? graph.ConsumersOf(node.Output[0])[0] : null;
}
