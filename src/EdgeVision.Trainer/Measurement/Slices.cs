using EdgeVision.Compression;

namespace EdgeVision.Trainer.Measurement;

/// <summary>Where a model is good and where it is not: by class, and by thirds of the pictures by size and brightness.</summary>
internal static class Slices
{
    private const int Rounds = 300;

    public static IReadOnlyList<Slice> Of(Judgement judged) =>
        [.. ByClass(judged), .. Thirds(judged, "size", picture => (double)picture.Width * picture.Height, "small", "large"), .. Thirds(judged, "brightness", picture => picture.Brightness, "dark", "bright")];

    private static IEnumerable<Slice> ByClass(Judgement judged)
    {
        for (var id = 0; id < judged.Classes.Count; id++)
        {
            ItemOutcome[] part = judged.Kind == DatasetKind.Boxes
                ? [.. judged.Pictures.Select(picture => OfClass(picture.Outcome, id))]
                : [.. judged.Pictures.Where(picture => picture.Truth == id).Select(picture => picture.Outcome)];
            var count = judged.Kind == DatasetKind.Boxes ? part.Count(outcome => outcome.Boxes!.Truths.Count > 0) : part.Length;
            if (count > 0)
            {
                yield return Measured("class", judged.Classes[id], part) with { Count = count };
            }
        }
    }

    private static ItemOutcome OfClass(ItemOutcome outcome, int id) =>
        outcome with { Boxes = new BoxOutcome([.. outcome.Boxes!.Truths.Where(truth => truth == id)], [.. outcome.Boxes.Found.Where(box => box.ClassId == id)]) };

    /// <summary>None where all are the same. Equal ones stay together.</summary>
    private static IEnumerable<Slice> Thirds(Judgement judged, string by, Func<JudgedPicture, double> key, string low, string high)
    {
        var sorted = judged.Pictures.Select(key).Order().ToArray();
        var (first, second) = (sorted[sorted.Length / 3], sorted[2 * sorted.Length / 3]);
        var parts = judged.Pictures.ToLookup(picture => key(picture) < first ? low : key(picture) < second ? "middle" : high, picture => picture.Outcome);
        return parts.Count < 2 ? [] : new[] { low, "middle", high }.Where(parts.Contains).Select(name => Measured(by, name, [.. parts[name]]));
    }

    private static Slice Measured(string by, string name, ItemOutcome[] outcomes)
    {
        var statistic = MetricStatistic.Of(outcomes);
        var (low, high) = statistic.Interval(outcomes, Rounds);
        return new Slice(by, name, outcomes.Length, statistic.Value(outcomes.Length), low, high);
    }
}
