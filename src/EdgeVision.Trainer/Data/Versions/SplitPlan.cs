namespace EdgeVision.Trainer;

/// <summary>Divides pictures: by a seed, each class by the same shares, and a group of nearly the same pictures never over two splits.</summary>
/// <remarks>
/// Groups are taken class by class in an order drawn by lot, the largest first because they fit worst; each goes where most is missing. Example: 10 pictures of a class, each alone, at 0.2 and 0.2 are 6, 2 and 2.
/// </remarks>
internal static class SplitPlan
{
    private static readonly DataSplit[] _splits = [DataSplit.Train, DataSplit.Validation, DataSplit.Test];

    /// <param name="groups">For each picture the number of its group.</param>
    /// <param name="classes">For each picture its class, of which the shares are kept.</param>
    public static DataSplit[] Divide(IReadOnlyList<int> groups, IReadOnlyList<int> classes, SplitShares shares, long seed)
    {
        var plan = new DataSplit[groups.Count];
        var byClass = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i]).Select(group => group.ToArray()).GroupBy(members => ClassOf(members, classes)).OrderBy(each => each.Key);
        foreach (var each in byClass)
        {
            var order = each.OrderBy(members => members[0]).ToArray();
            RandomStream.For(seed, each.Key).Shuffle<int[]>(order);
            DivideClass(order.OrderByDescending(members => members.Length).ToArray(), shares, plan);
        }

        return plan;
    }

    private static void DivideClass(int[][] groups, SplitShares shares, DataSplit[] plan)
    {
        var total = groups.Sum(members => members.Length);
        var missing = _splits.ToDictionary(split => split, split => shares.Of(split) * total);
        foreach (var members in groups)
        {
            // Measured against the share, because a small split is filled by few.
            var split = _splits.Where(split => shares.Of(split) > 0).MaxBy(split => (missing[split] - (members.Length - 1) / 2.0) / shares.Of(split));
            missing[split] -= members.Length;
            foreach (var i in members)
            {
                plan[i] = split;
            }
        }
    }

    private static int ClassOf(int[] members, IReadOnlyList<int> classes) => members.GroupBy(i => classes[i]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
}
