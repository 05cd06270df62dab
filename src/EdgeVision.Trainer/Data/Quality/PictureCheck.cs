using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Pictures that cannot be used at all.</summary>
internal static class PictureCheck
{
    public static IReadOnlyList<Finding> Run(Survey survey, Dictionary<int, Refusal> refusals)
    {
        for (var i = 0; i < survey.Candidates.Count; i++)
        {
            if (survey.Candidates[i].Facts is { Problem: { } problem, Kind: { } kind })
            {
                refusals.Add(i, new Refusal(kind, problem));
            }
        }

        return [.. refusals.Values.GroupBy(refusal => refusal.Kind).OrderBy(group => group.Key).Select(Found)];
    }

    private static Finding Found(IGrouping<FindingKind, Refusal> group) => new(group.Key, FindingGravity.Warning, group.Count(), $"{group.Count()} {What(group.Key)}", Advice(group.Key),
        [.. group.Take(Finding.MaxExamples).Select(refusal => refusal.Reason)], IsCured: true);

    private static string What(FindingKind kind) => kind switch
    {
        FindingKind.TooSmall => $"pictures have a side below {PictureInspector.MinSide} pixels",
        FindingKind.TooLarge => FormattableString.Invariant($"pictures have more than {ImageCodec.DefaultMaxPixels / 1_000_000} megapixels or a side above {ImageLayout.MaxSide}; they were refused by their header"),
        _ => "pictures cannot be read",
    };

    private static string Advice(FindingKind kind) => kind switch
    {
        FindingKind.TooSmall => "Such pictures are mostly icons or failed cuts: remove them, or get them in their full size.",
        FindingKind.TooLarge => "Save them smaller: no network looks at that many pixels.",
        _ => "Get them again, or remove them together with their labels. Freezing leaves them out and says so.",
    };
}
