using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Constants that multiply before others are added: into the weights behind both, the sum's constants divided by them. Exact where a Conv pads, because a padded zero stays one.</summary>
/// <remarks>Division by constants is multiplication by now. Example: HardSwish of a learned scale, x · 0.5 + 0.2 into a padded Conv, becomes x + 0.4 into one with halved weights: one node less, and an integer kernel for what is left.</remarks>
internal static class ScaleThroughShift
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Where(node => node.Is("Mul")))
        {
            if (run.Graph.OnlyReader(node.Output[0]) is { } add && add.Is("Add") && LinearNode.Of(run.Graph, run.Graph.OnlyReader(add.Output[0])) is { } linear && linear.Reads(add.Output[0]))
            {
                Fold(run, node, add, linear);
            }
        }
    }

    private static void Fold(CleanupRun run, NodeProto node, NodeProto add, LinearNode linear)
    {
        if (ChannelAffine.Of(run.Graph, node, linear.InputChannels, linear.Rank) is not { } factors || ChannelAffine.Of(run.Graph, add, linear.InputChannels, linear.Rank) is not { } terms
            || terms.Shift.Zip(factors.Scale, (term, factor) => term / factor).ToArray() is var moved && !moved.All(double.IsFinite))
        {
            return;
        }

        float[] values = moved.Distinct().Count() == 1 ? [(float)moved[0]] : [.. moved.Select(value => (float)value)];
        var constant = run.Graph.FloatsOf(add, 1) is not null ? 1 : 0;
        run.Graph.SetConstant(add, constant, OnnxTensor.Of(add.Input[constant] + "_moved", values.Length == 1 ? [1] : [values.Length, .. Enumerable.Repeat(1L, linear.Rank - 2)], values));
        linear.ScaleInput(factors.Scale, factors.Shift);
        run.Bypass(node, factors.Source, $"Mul folded into the {linear.Node.OpType} behind an Add");
    }
}
