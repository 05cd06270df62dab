namespace EdgeVision.Compression;

/// <summary>Pictures drawn anew with replacement, to see how much a metric hangs on which pictures there happened to be (Efron 1979). The same draws each time.</summary>
internal static class Bootstrap
{
    private const int Seed = 20_261_126;
    private const double Tail = 0.025;

    /// <summary>The middle 95 % of the metric.</summary>
    public static (double Low, double High) Interval(MetricStatistic statistic, int pictures, int rounds)
    {
        var values = Values(pictures, rounds, weights => statistic.Value(weights));
        return (Quantile(values, Tail), Quantile(values, 1 - Tail));
    }

    /// <summary>The middle 95 % of before less after on the same draws, and twice the share of draws on the wrong side of no difference.</summary>
    public static (double Low, double High, double P) Difference(MetricStatistic before, MetricStatistic after, int pictures, int rounds)
    {
        var values = Values(pictures, rounds, weights => before.Value(weights) - after.Value(weights));
        var (above, below) = (values.Count(value => value >= 0), values.Count(value => value <= 0));
        return (Quantile(values, Tail), Quantile(values, 1 - Tail), Math.Min(1, 2.0 * (Math.Min(above, below) + 1) / (rounds + 1)));
    }

    private static double[] Values(int pictures, int rounds, Func<int[], double> value)
    {
        var random = new Random(Seed);
        var weights = new int[pictures];
        var values = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            Array.Clear(weights);
            for (var i = 0; i < pictures; i++)
            {
                weights[random.Next(pictures)]++;
            }

            values[round] = value(weights);
        }

        Array.Sort(values);
        return values;
    }

    private static double Quantile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Round(share * (sorted.Length - 1)), 0, sorted.Length - 1)];
}
