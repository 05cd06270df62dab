namespace EdgeVision.Agent;

/// <summary>Exact quantiles of a benchmark's times: a room for every sample, taken beforehand, so that measuring allocates nothing.</summary>
internal sealed class BenchSamples(TimeProvider time)
{
    private readonly long[] _ticks = new long[200_000];
    private int _count;

    public bool IsFull => _count == _ticks.Length;

    public void Add(long ticks)
    {
        if (!IsFull)
        {
            _ticks[_count++] = ticks;
        }
    }

    /// <returns>Milliseconds.</returns>
    public double Quantile(double q)
    {
        var sorted = _ticks.AsSpan(0, _count).ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : Math.Round(time.GetElapsedTime(0, sorted[Math.Clamp((int)(q * sorted.Length), 0, sorted.Length - 1)]).TotalMilliseconds, 4);
    }
}
