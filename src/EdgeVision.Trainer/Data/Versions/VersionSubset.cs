namespace EdgeVision.Trainer;

/// <summary>Fewer pictures, each class in its share.</summary>
internal static class VersionSubset
{
    /// <summary>Example: 3 of 4 cats and 2 dogs are 2 cats and 1 dog, which ones by the seed. In the order of the version.</summary>
    /// <param name="count">0 = all.</param>
    /// <exception cref="TrainerException">More than there are.</exception>
    public static IReadOnlyList<VersionItem> Take(IEnumerable<VersionItem> items, int count, long seed)
    {
        var all = items.ToArray();
        if (count <= 0 || count == all.Length)
        {
            return all;
        }

        if (count > all.Length)
        {
            throw new TrainerException($"--samples {count}: there are only {all.Length} pictures to learn from.");
        }

        var chosen = Enumerable.Range(0, all.Length).GroupBy(i => all[i].Class).OrderBy(group => group.Key).SelectMany(group => Ranked([.. group], seed)).OrderBy(each => each.Rank).Take(count).Select(each => each.Index).Order();
        return [.. chosen.Select(i => all[i])];
    }

    private static IEnumerable<(int Index, double Rank)> Ranked(int[] indices, long seed)
    {
        RandomStream.For(seed, indices[0]).Shuffle<int>(indices);
        return indices.Select((index, i) => (index, (i + 0.5) / indices.Length));
    }
}
