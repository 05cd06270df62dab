using System.Diagnostics.CodeAnalysis;
using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>One camera's places before the vision loop.</summary>
internal sealed class FlowLane(FlowLimiter limiter, bool patient)
{
    /// <summary>Frames that may wait.</summary>
    public const int Depth = 3;

    private readonly Queue<Frame> _waiting = new(Depth);
    private long _dropped;

    public bool IsPatient { get; } = patient;

    /// <summary>Frames that made room for newer ones.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    // From here to Empty: under the limiter's lock.
    internal bool IsClosed { get; set; }

    internal bool IsFull => _waiting.Count == Depth;

    /// <summary>Hands the frame over, whatever becomes of it.</summary>
    public void Offer(Frame frame) => limiter.Offer(this, frame);

    public void Close() => limiter.Close(this);

    internal void Put(Frame frame)
    {
        if (IsFull)
        {
            _waiting.Dequeue().Dispose();
            _dropped++;
        }

        _waiting.Enqueue(frame);
    }

    internal bool TryGet([NotNullWhen(true)] out Frame? frame) => _waiting.TryDequeue(out frame);

    internal void Empty()
    {
        while (_waiting.TryDequeue(out var frame))
        {
            frame.Dispose();
        }
    }
}
