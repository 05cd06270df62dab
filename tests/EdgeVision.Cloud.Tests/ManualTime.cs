namespace EdgeVision.Cloud.Tests;

/// <summary>A clock that moves when it is told to, and rings the timers that it passes, each once. Any thread.</summary>
internal sealed class ManualTime(DateTimeOffset? begin = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => (begin ?? DateTimeOffset.UnixEpoch) + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(double seconds)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += TimeSpan.FromSeconds(seconds);
            due = _alarms.FindAll(alarm => alarm.Due <= _now);
            due.ForEach(alarm => alarm.Set(alarm.Period > TimeSpan.Zero ? alarm.Period : Timeout.InfiniteTimeSpan, alarm.Period));
        }

        due.ForEach(alarm => alarm.Ring());
    }

    private sealed class Alarm(ManualTime clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public TimeSpan Period { get; private set; }

        public Action Ring => ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Set(dueTime, period);
            }

            if (dueTime == TimeSpan.Zero)
            {
                clock.Advance(0);
            }

            return true;
        }

        public void Set(TimeSpan dueTime, TimeSpan period)
        {
            clock._alarms.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                (Due, Period) = (clock._now + dueTime, period);
                clock._alarms.Add(this);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
