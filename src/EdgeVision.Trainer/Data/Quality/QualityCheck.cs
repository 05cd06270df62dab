namespace EdgeVision.Trainer;

/// <summary>Judges a survey: pictures, copies, classes, boxes.</summary>
internal static class QualityCheck
{
    /// <param name="nearDuplicates">Whether nearly the same pictures are looked for, and not only equal ones.</param>
    /// <exception cref="TrainerException">Nothing usable is left.</exception>
    public static QualityReport Run(Survey survey, bool nearDuplicates = true, CancellationToken stop = default)
    {
        var refusals = new Dictionary<int, Refusal>();
        var pictures = PictureCheck.Run(survey, refusals);
        var copies = new CopyCheck(survey, refusals);
        var equal = copies.Equal();
        var (near, groups) = copies.Near(nearDuplicates, stop);
        var left = survey.Candidates.Where((_, i) => !refusals.ContainsKey(i)).ToArray();
        return left.Length == 0
            ? throw new TrainerException($"{survey.Sources[0].Path}: none of its {survey.Candidates.Count} pictures can be used; {refusals.Values.First().Reason}.")
            : new QualityReport(survey, [.. pictures, .. equal, .. near, .. ClassCheck.Run(survey, left), .. BoxCheck.Run(survey, left)], refusals, groups, ClassCheck.Counts(survey, left));
    }
}
