using System.Globalization;

namespace EdgeVision.Trainer;

/// <summary>Boxes that somebody drew by mistake.</summary>
internal static class BoxCheck
{
    private const float SameBox = 0.95f;
    private const int ManyBoxes = 20;

    public static IReadOnlyList<Finding> Run(Survey survey, IReadOnlyList<Candidate> candidates)
    {
        var boxed = candidates.Where(candidate => candidate.Boxes is { Count: > 0 }).ToArray();
        return boxed.Length == 0 ? [] :
        [
            .. Boxes(FindingKind.BoxDegenerate, boxed, (candidate, box) => BoxCleaning.IsDegenerate(box), "boxes have no area or a side below 2 pixels", "Draw them again or remove them. Freezing leaves them out."),
            .. Boxes(FindingKind.BoxOutside, boxed, (candidate, box) => BoxCleaning.IsOutside(box, candidate.Facts), "boxes lie partly or wholly outside their picture",
                "Are the labels of another size of the pictures? If not, nothing has to be done: freezing cuts them at the edge."),
            .. Twice(survey, boxed),
            .. Crowded(boxed),
        ];
    }

    private static IEnumerable<Finding> Boxes(FindingKind kind, Candidate[] boxed, Func<Candidate, VersionBox, bool> isWrong, string what, string advice)
    {
        var wrong = boxed.SelectMany(candidate => candidate.Boxes!.Where(box => isWrong(candidate, box)).Select(box => $"{candidate.Name} {Place(box)} in {candidate.Facts.Width}x{candidate.Facts.Height}")).ToArray();
        return wrong.Length == 0 ? [] : [new Finding(kind, FindingGravity.Warning, wrong.Length, $"{wrong.Length} of {boxed.Sum(candidate => candidate.Boxes!.Count)} {what}", advice, [.. wrong.Take(Finding.MaxExamples)], IsCured: true)];
    }

    private static IEnumerable<Finding> Twice(Survey survey, Candidate[] boxed)
    {
        var twice = boxed.SelectMany(candidate => Pairs(candidate.Boxes!).Select(pair => $"{candidate.Name} {survey.Classes[pair.A.Class]} {Place(pair.A)}"
            + (pair.A.Class == pair.B.Class ? "" : $" is also a {survey.Classes[pair.B.Class]}"))).ToArray();
        return twice.Length == 0 ? [] : [new Finding(FindingKind.BoxTwice, FindingGravity.Warning, twice.Length, $"{twice.Length} boxes are there twice", "Remove the copies, and decide between the classes where they differ.", [.. twice.Take(Finding.MaxExamples)])];
    }

    private static IEnumerable<(VersionBox A, VersionBox B)> Pairs(IReadOnlyList<VersionBox> boxes) =>
        boxes.SelectMany((a, i) => boxes.Skip(i + 1).Where(b => BoxCleaning.BoundsOf(a).IntersectionOverUnion(BoxCleaning.BoundsOf(b)) > SameBox).Select(b => (a, b)));

    // Tukey's far-out fence: three times the middle half above it.
    private static IEnumerable<Finding> Crowded(Candidate[] boxed)
    {
        var counts = boxed.Select(candidate => candidate.Boxes!.Count).Order().ToArray();
        var (low, high) = (counts[counts.Length / 4], counts[3 * counts.Length / 4]);
        var fence = Math.Max(ManyBoxes, high + 3 * (high - low));
        var crowded = boxed.Where(candidate => candidate.Boxes!.Count > fence).OrderByDescending(candidate => candidate.Boxes!.Count).ToArray();
        return crowded.Length == 0 ? [] :
        [
            new Finding(FindingKind.BoxCount, FindingGravity.Note, crowded.Length, $"{crowded.Length} pictures have more than {fence} boxes; half of all have {low} to {high}", "Look whether they were labelled by another rule.",
                [.. crowded.Take(Finding.MaxExamples).Select(candidate => $"{candidate.Name}: {candidate.Boxes!.Count}")]),
        ];
    }

    private static string Place(VersionBox box) => string.Create(CultureInfo.InvariantCulture, $"({box.X1:0.#}, {box.Y1:0.#}) to ({box.X2:0.#}, {box.Y2:0.#})");
}
