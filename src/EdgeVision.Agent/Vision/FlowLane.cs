using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>One camera's place before the vision loop.</summary>
internal sealed class FlowLane(FlowLimiter limiter, bool patient)
{
    private long _dropped;

    public bool IsPatient { get; } = patient;

    /// <summary>Frames that made room for newer ones.</summary>
    public long Dropped
    {
        get => Volatile.Read(ref _dropped);
        internal set => Volatile.Write(ref _dropped, value);
    }

    // Under the limiter's lock.
    internal Frame? Waiting { get; set; }

    internal bool IsClosed { get; set; }

    /// <summary>Hands the frame over, whatever becomes of it.</summary>
    public void Offer(Frame frame) => limiter.Offer(this, frame);

    public void Close() => limiter.Close(this);

    internal void Empty()
    {
        Waiting?.Dispose();
        Waiting = null;
    }
}
