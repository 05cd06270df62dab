namespace EdgeVision.Agent;

/// <summary>When the vision loop last came round: what the watchdog and /healthz go by.</summary>
internal sealed class Heartbeat(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _last));

    public void Beat() => Volatile.Write(ref _last, time.GetTimestamp());
}
