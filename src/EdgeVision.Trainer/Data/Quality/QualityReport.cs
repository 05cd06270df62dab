namespace EdgeVision.Trainer;

/// <summary>What is wrong with a set, and what freezing would leave out of it.</summary>
/// <param name="Refusals">By index of the candidate.</param>
/// <param name="Groups">For each candidate the first of those that look nearly the same.</param>
/// <param name="Counts">Pictures a class, or boxes a class, of what is left.</param>
internal sealed record QualityReport(Survey Survey, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<int, Refusal> Refusals, IReadOnlyList<int> Groups, IReadOnlyList<int> Counts)
{
    /// <summary>Findings that make training dishonest and that nobody accepted.</summary>
    /// <param name="cured">Whether what freezing puts right counts as put right.</param>
    public IReadOnlyList<Finding> Objections(IReadOnlyCollection<FindingKind> accepted, bool cured) =>
        [.. Findings.Where(finding => finding.Gravity == FindingGravity.Dishonest && !accepted.Contains(finding.Kind) && !(cured && finding.IsCured))];
}
