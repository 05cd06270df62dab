namespace EdgeVision.Trainer;

/// <summary>Which pictures are in which batch of an epoch: by seed and epoch alone.</summary>
/// <remarks>With several ranks each takes every n-th picture of one common order, and all have as many batches. Example: 10 pictures in batches of 4 are 4, 4 and 2.</remarks>
internal static class EpochOrder
{
    // No picture's own number.
    private const int OfTheOrder = -1;

    public static IReadOnlyList<int[]> Of(int count, BatchOptions options, int epoch)
    {
        var order = Enumerable.Range(0, count).ToArray();
        if (options.Shuffle)
        {
            RandomStream.For(options.Seed, epoch, OfTheOrder).Shuffle<int>(order);
        }

        var own = order.Take(count / options.Ranks * options.Ranks).Where((_, place) => place % options.Ranks == options.Rank).Chunk(options.BatchSize);
        return [.. own.Where(batch => batch.Length >= options.LeastBatch)];
    }
}
