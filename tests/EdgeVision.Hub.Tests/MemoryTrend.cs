namespace EdgeVision.Hub.Tests;

/// <summary>How fast memory grows, from samples over time: the median of the slopes of all pairs (Theil-Sen), which a quarter of wild samples does not move far.</summary>
/// <remarks>The first third does not count: it is warming up. Example: of 50, 1, 2, 3, 90, 5 MB, one an hour, 2, 3, 90 and 5 are left, whose pairs grow by 1, 44, 1, 87, 1 and -85: that is 1 MB an hour.</remarks>
internal sealed class MemoryTrend
{
    private readonly List<(double Hours, double Bytes)> _samples = [];

    public int Count => _samples.Count;

    /// <param name="hours">Since anything; each later than the one before.</param>
    /// <param name="bytes">Of memory.</param>
    public void Add(double hours, double bytes) => _samples.Add((hours, bytes));

    /// <summary>Bytes an hour.</summary>
    public double PerHour()
    {
        var warm = _samples.Skip(_samples.Count / 3).ToList();
        var slopes = warm.SelectMany((from, i) => warm.Skip(i + 1).Select(to => (to.Bytes - from.Bytes) / (to.Hours - from.Hours))).Order().ToList();
        return (slopes[(slopes.Count - 1) / 2] + slopes[slopes.Count / 2]) / 2;
    }
}
