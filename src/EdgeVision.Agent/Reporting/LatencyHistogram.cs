namespace EdgeVision.Agent;

/// <summary>Durations in buckets that grow by a tenth, for quantiles without keeping or allocating anything per frame.</summary>
/// <remarks>0.05 ms to about 100 s; a quantile is right to within 5 %. Example: 98 times 10 ms and twice 100 ms: p50 is about 10, p99 about 100. One thread, or under a lock.</remarks>
internal sealed class LatencyHistogram
{
    /// <summary>What a quantile may be off by: a limit is broken above this times the limit.</summary>
    public const double Tolerance = 1.05;

    private const double FirstMs = 0.05, Growth = 1.1;
    private readonly int[] _buckets = new int[153];
    private int _count;

    public void Add(double milliseconds)
    {
        var index = milliseconds <= FirstMs ? 0 : (int)(Math.Log(milliseconds / FirstMs) / Math.Log(Growth)) + 1;
        _buckets[Math.Min(index, _buckets.Length - 1)]++;
        _count++;
    }

    /// <param name="q">0 to 1.</param>
    /// <returns>Milliseconds; 0 when nothing was added.</returns>
    public double Quantile(double q)
    {
        var wanted = (int)Math.Ceiling(q * _count);
        var seen = 0;
        for (var i = 0; i < _buckets.Length && _count > 0; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted)
            {
                // the middle of the bucket, in the sense of its growth
                return i == 0 ? FirstMs : FirstMs * Math.Pow(Growth, i - 0.5);
            }
        }

        return 0;
    }

    /// <summary>p50, p95 and p99 in milliseconds.</summary>
    public Quantiles Quantiles() => new(Math.Round(Quantile(0.5), 2), Math.Round(Quantile(0.95), 2), Math.Round(Quantile(0.99), 2));

    public void Clear()
    {
        Array.Clear(_buckets);
        _count = 0;
    }
}
