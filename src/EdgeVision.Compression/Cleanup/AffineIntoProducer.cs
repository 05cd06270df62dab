namespace EdgeVision.Compression;

/// <summary>BatchNormalization and per-channel constants into the weights and bias of the Conv, ConvTranspose or Gemm before them.</summary>
internal static class AffineIntoProducer
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder())
        {
            foreach (var value in node.Input.Where(value => value.Length > 0).Take(2))
            {
                if (LinearNode.Of(run.Graph, run.Graph.ProducerOf(value)) is { } linear
                    && ChannelAffine.Of(run.Graph, node, linear.Channels, linear.Rank) is { IsFinite: true } affine && affine.Source == value && run.Graph.HasOneReader(value))
                {
                    linear.ScaleOutput(affine.Scale, affine.Shift);
                    run.Graph.Remove(node);
                    linear.Node.Output[0] = node.Output[0];
                    run.Graph.Touch();
                    run.Record($"{node.OpType} folded into {linear.Node.OpType}", node);
                    break;
                }
            }
        }
    }
}
