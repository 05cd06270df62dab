namespace EdgeVision.Compression;

/// <summary>Average precision, mean over the classes that have truth: the area under precision over recall at all points, precision raised to the best at any higher recall (VOC 2010 and later).</summary>
/// <remarks>
/// Example: two objects; boxes hit (0.9), miss (0.8), hit (0.7): precision 1 up to recall 0.5, then 2/3: AP = 0.5 * 1 + 0.5 * 2/3 = 0.833. Boxes are ranked once; a value costs one walk over them.
/// </remarks>
internal sealed class PrecisionStatistic : MetricStatistic
{
    private readonly ClassRanking[] _classes;

    public PrecisionStatistic(IReadOnlyList<BoxOutcome> pictures) =>
        _classes = [.. pictures.SelectMany(picture => picture.Truths).Distinct().Order().Select(classId => new ClassRanking(classId, pictures))];

    public override double Value(ReadOnlySpan<int> weights)
    {
        var (sum, count) = (0.0, 0);
        foreach (var ranking in _classes)
        {
            if (ranking.Value(weights) is { } value)
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Class, its objects and its AP.</summary>
    public IEnumerable<(int ClassId, int Truths, double Value)> Classes(int[] weights) => _classes.Select(ranking => (ranking.ClassId, ranking.Truths, ranking.Value(weights) ?? 0));
}
