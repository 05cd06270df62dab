namespace EdgeVision.Hub;

/// <summary>How fast backlog is sent: a tenth of a second's worth at a time, half as fast after each connection that broke, and slowly faster again.</summary>
/// <remarks>A hub that throttles does not say so over MQTT 3.1.1: it answers late, which the window of the pump feels, or closes, which this feels. Any thread.</remarks>
internal sealed class BacklogRate(int perSecond, TimeProvider time)
{
    private const double Least = 5, Bursts = 10, Steps = 1000;
    private readonly Lock _gate = new();
    private double _rate = perSecond;
    private double _tokens;
    private long _since = time.GetTimestamp();

    public double PerSecond => Volatile.Read(ref _rate);

    /// <summary>Zero when one may go now.</summary>
    public TimeSpan Wait()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(Math.Max(1, _rate / Bursts), _tokens + time.GetElapsedTime(_since, now).TotalSeconds * _rate);
            _since = now;
            return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _rate);
        }
    }

    public void Sent()
    {
        lock (_gate)
        {
            _tokens--;
        }
    }

    public void Taken()
    {
        lock (_gate)
        {
            _rate = Math.Min(perSecond, _rate + perSecond / Steps);
        }
    }

    public void Broken()
    {
        lock (_gate)
        {
            _rate = Math.Max(Math.Min(Least, perSecond), _rate / 2);
        }
    }
}
