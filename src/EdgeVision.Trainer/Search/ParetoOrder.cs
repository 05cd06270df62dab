namespace EdgeVision.Trainer.Search;

/// <summary>Trials by two wishes at once: a high metric and a low latency.</summary>
internal static class ParetoOrder
{
    /// <summary>Front after front: in the first are those that no other beats in both, in the next those that only the first beat, and so on; in each the best metric first.</summary>
    /// <remarks>Example: (0.9, 2 ms), (0.8, 1 ms), (0.8, 2 ms): the first two, then the third. Those without a value come last.</remarks>
    public static IReadOnlyList<IReadOnlyList<Trial>> Of(IEnumerable<Trial> trials)
    {
        var (left, fronts) = (trials.OrderByDescending(trial => trial.Value ?? -1).ThenBy(trial => trial.Number).ToList(), new List<IReadOnlyList<Trial>>());
        while (left.Count > 0)
        {
            Trial[] front = [.. left.Where(trial => !left.Exists(other => Beats(other, trial)))];
            fronts.Add(front);
            left.RemoveAll(front.Contains);
        }

        return fronts;
    }

    private static bool Beats(Trial one, Trial other)
    {
        var (ours, theirs) = (one.Value ?? -1, other.Value ?? -1);
        return (theirs < 0 && ours >= 0) || (ours >= theirs && one.LatencyMs <= other.LatencyMs && (ours > theirs || one.LatencyMs < other.LatencyMs));
    }
}
