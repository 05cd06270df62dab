namespace EdgeVision.Trainer;

/// <summary>One thing that is wrong with a data set.</summary>
/// <param name="Count">Pictures or boxes concerned.</param>
/// <param name="What">A sentence with numbers.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Examples">Some of those concerned.</param>
/// <param name="IsCured">Whether freezing puts it right, by leaving out what is listed.</param>
internal sealed record Finding(FindingKind Kind, FindingGravity Gravity, int Count, string What, string Advice, IReadOnlyList<string> Examples, bool IsCured = false)
{
    public const int MaxExamples = 5;
}
