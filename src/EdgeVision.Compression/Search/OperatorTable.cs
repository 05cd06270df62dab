namespace EdgeVision.Compression;

/// <summary>What limits the speed: the operators that take most time in the float network or in the small one, side by side.</summary>
internal static class OperatorTable
{
    private const int Rows = 8;

    /// <summary>Empty when the profiler gave nothing.</summary>
    public static IReadOnlyList<OperatorTimeReport> Of(FloatSubject subject, TriedVariant variant) => Rank(
        OperatorTimes.Measure(LatencyTable.Timed(FloatSubject.Variant, subject.Onnx, subject)), OperatorTimes.Measure(LatencyTable.Timed(variant.Kind, variant.Onnx, subject)));

    internal static IReadOnlyList<OperatorTimeReport> Rank(IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> after)
    {
        var sum = after.Values.Sum();
        if (sum == 0)
        {
            return [];
        }

        var rows = before.Keys.Union(after.Keys)
            .Select(name => Row(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .OrderByDescending(row => Math.Max(row.Fp32Ms, row.Ms)).ThenBy(row => row.Operator, StringComparer.Ordinal).ToArray();
        return rows.Length <= Rows ? rows : [.. rows.Take(Rows - 1), Row("others", rows.Skip(Rows - 1).Sum(row => row.Fp32Ms), rows.Skip(Rows - 1).Sum(row => row.Ms))];

        OperatorTimeReport Row(string name, double fp32, double ms) => new(name, fp32, ms, ms / sum);
    }
}
