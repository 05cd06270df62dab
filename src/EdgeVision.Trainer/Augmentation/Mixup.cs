using System.Numerics.Tensors;

namespace EdgeVision.Trainer;

/// <summary>Two pictures laid over each other, and their labels in the same shares (Zhang, Cisse, Dauphin, Lopez-Paz: mixup, ICLR 2018).</summary>
/// <remarks>Within a batch, each picture with its neighbour in an order by lot. Example: share 0.75 of a 1 with label cat and 0.25 of a 0 with label dog is 0.75, cat 0.75, dog 0.25.</remarks>
internal static class Mixup
{
    /// <param name="partners">For each picture the one that is laid over it, as it was before.</param>
    /// <param name="share">Of the picture itself, 0 to 1.</param>
    public static void Mix(Batch batch, ReadOnlySpan<int> partners, float share)
    {
        var before = batch.Pixels.ToArray();
        var length = batch.Spec.Length;
        for (var i = 0; i < batch.Count; i++)
        {
            var own = batch.Pixels.Slice(i * length, length);
            TensorPrimitives.Multiply(own, share, own);
            TensorPrimitives.MultiplyAdd(before.AsSpan(partners[i] * length, length), 1 - share, own, own);
        }

        batch.MixLabels(partners, share);
    }
}
