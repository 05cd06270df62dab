namespace EdgeVision.Compression;

/// <summary>What a clean-up did, in order. Empty = the model was clean, and no byte of it changed.</summary>
public sealed record CleanupReport(IReadOnlyList<CleanupStep> Steps)
{
    /// <summary>How often each thing was done, the most frequent first.</summary>
    public IReadOnlyList<(string What, int Count)> Totals =>
        [.. Steps.GroupBy(step => step.What).Select(group => (What: group.Key, Count: group.Count())).OrderByDescending(total => total.Count).ThenBy(total => total.What, StringComparer.Ordinal)];
}
