namespace EdgeVision.Compression;

/// <summary>The mean of one score a picture.</summary>
internal sealed class MeanStatistic(double[] scores) : MetricStatistic
{
    public override double Value(ReadOnlySpan<int> weights)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            sum += scores[i] * weights[i];
            count += weights[i];
        }

        return count == 0 ? 0 : sum / count;
    }
}
