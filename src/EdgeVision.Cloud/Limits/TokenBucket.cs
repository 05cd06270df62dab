namespace EdgeVision.Cloud.Limits;

/// <summary>So much per second, and no more than a capacity at once.</summary>
/// <remarks>
/// Example: 2 per second with a capacity of 10 lets ten through at once, and the eleventh half a second later. What is asked for is always taken; the answer is how long to wait for it,
/// so that a caller who waits pays once. Any thread.
/// </remarks>
internal sealed class TokenBucket
{
    private readonly Lock _gate = new();
    private readonly double _perSecond;
    private readonly double _capacity;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _filled;

    public TokenBucket(double perSecond, double capacity, TimeProvider time)
    {
        (_perSecond, _capacity, _time, _tokens) = (perSecond, capacity, time, capacity);
        _filled = time.GetTimestamp();
    }

    /// <summary>How long until so many are there; takes none.</summary>
    public TimeSpan Wait(double count)
    {
        lock (_gate)
        {
            return WaitFor(count);
        }
    }

    /// <summary>Takes tokens, going into debt where there are too few.</summary>
    /// <param name="count">How many.</param>
    /// <param name="patience">With a longer wait than this nothing is taken.</param>
    /// <returns>How long until they are there; null when that is over the patience.</returns>
    public TimeSpan? Take(double count, TimeSpan patience)
    {
        lock (_gate)
        {
            var wait = WaitFor(count);
            if (wait > patience)
            {
                return null;
            }

            _tokens -= count;
            return wait;
        }
    }

    private TimeSpan WaitFor(double count)
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
        return TimeSpan.FromSeconds(Math.Max(0, count - _tokens) / _perSecond);
    }
}
