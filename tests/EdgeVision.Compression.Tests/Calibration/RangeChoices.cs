namespace EdgeVision.Compression.Tests;

internal static class RangeChoices
{
    public static ValueRange Choose(this ValueStatistics statistics, CalibrationMethod method, bool symmetric = false) => RangeChoice.Of(statistics, new RangeRule { Method = method }, symmetric);
}
