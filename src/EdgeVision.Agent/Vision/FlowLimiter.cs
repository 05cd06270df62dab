using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>Between cameras and the vision loop: a few places for each camera, where the newest frames wait and the oldest makes room.</summary>
/// <remarks>
/// However slow the model is, a frame has waited no longer than <see cref="FlowLane.Depth"/> frame times when its turn comes. More than one place, because a decoder that was
/// held up for a moment on a busy machine delivers two or three frames at once, and a model that is fast enough must not lose any of them.
/// Cameras take turns, so a fast one cannot starve the others.
/// Example: 30 frames/s into a model that takes 500 ms: 2 frames/s are looked at, 28 dropped and counted, none older than 100 ms when its turn comes.
/// Owns the waiting frames. Any thread offers, one takes.
/// </remarks>
internal sealed class FlowLimiter
{
    private readonly object _gate = new();
    private readonly List<FlowLane> _lanes = [];
    private int _turn;
    private bool _woken;

    /// <param name="patient">A source that can wait (a file that is not paced): it waits for its turn and nothing is dropped.</param>
    public FlowLane Open(bool patient)
    {
        lock (_gate)
        {
            var lane = new FlowLane(this, patient);
            _lanes.Add(lane);
            return lane;
        }
    }

    /// <summary>The next frame, the caller's from now on; null when none came in time or <see cref="Wake"/> was called.</summary>
    public Frame? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (TakeWaiting() is { } frame)
            {
                return frame;
            }

            if (!_woken)
            {
                Monitor.Wait(_gate, patience);
            }

            _woken = false;
            return TakeWaiting();
        }
    }

    /// <summary>Lets a waiting <see cref="Take"/> return, because there is something else to do.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.PulseAll(_gate);
        }
    }

    internal void Offer(FlowLane lane, Frame frame)
    {
        lock (_gate)
        {
            while (lane.IsPatient && lane.IsFull && !lane.IsClosed)
            {
                Monitor.Wait(_gate);
            }

            lane.Put(frame);
            if (lane.IsClosed)
            {
                lane.Empty();
            }

            Monitor.PulseAll(_gate);
        }
    }

    internal void Close(FlowLane lane)
    {
        lock (_gate)
        {
            lane.IsClosed = true;
            lane.Empty();
            _lanes.Remove(lane);
            Monitor.PulseAll(_gate);
        }
    }

    private Frame? TakeWaiting()
    {
        for (var i = 0; i < _lanes.Count; i++)
        {
            _turn = (_turn + 1) % _lanes.Count;
            var lane = _lanes[_turn];
            if (lane.TryGet(out var frame))
            {
                Monitor.PulseAll(_gate);
                return frame;
            }
        }

        return null;
    }
}
