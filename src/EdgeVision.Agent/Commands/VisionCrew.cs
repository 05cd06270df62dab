using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>A file through several copies of a model at once, each on a thread of its own; results come out in the order of the frames.</summary>
/// <remarks>
/// Because n networks with one thread each do more than one network with n threads. Two places for each worker, so that none waits for the next frame to be read.
/// The answers are the same whatever n is. A copy is loaded when there is a frame for it, so one picture loads one model. One thread calls.
/// </remarks>
internal sealed class VisionCrew(Func<VisionModel> load, int workers) : IDisposable
{
    private readonly CrewSlot[] _slots = [.. Enumerable.Range(0, SlotsFor(workers)).Select(_ => new CrewSlot())];
    private readonly List<(VisionModel Model, Thread Thread)> _workers = [];
    private readonly SemaphoreSlim _waiting = new(0);
    private long _taken = -1;
    private long _put = -1;
    private volatile bool _stopping;

    /// <summary>Frames that are in the crew's hands at most.</summary>
    public static int SlotsFor(int workers) => workers * 2;

    /// <param name="next">The next frame, the crew's from then on; null at the end.</param>
    /// <param name="seen">Index, frame, the model and what was said, in the order of the frames; valid during the call.</param>
    public void Look(Func<Frame?> next, Action<long, Frame, VisionModel, VisionResult> seen)
    {
        var index = 0L;
        for (; next() is { } frame; index++)
        {
            if (_workers.Count < workers)
            {
                Employ(load());
            }

            var slot = _slots[++_put % _slots.Length];
            Emit(slot, index - _slots.Length, seen);
            slot.Put(frame);
            _waiting.Release();
        }

        for (var i = Math.Max(0, index - _slots.Length); i < index; i++)
        {
            Emit(_slots[(_put - (index - 1 - i)) % _slots.Length], i, seen);
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _waiting.Release(_workers.Count + _slots.Length);
        foreach (var (model, thread) in _workers)
        {
            thread.Join();
            model.Dispose();
        }

        Array.ForEach(_slots, slot => slot.Dispose());
        _waiting.Dispose();
    }

    private void Employ(VisionModel model)
    {
        var thread = new Thread(() => Work(model)) { IsBackground = true, Name = "vision" };
        _workers.Add((model, thread));
        thread.Start();
    }

    private void Work(VisionModel model)
    {
        while (true)
        {
            _waiting.Wait();
            if (_stopping)
            {
                return;
            }

            _slots[Interlocked.Increment(ref _taken) % _slots.Length].Look(model);
        }
    }

    private void Emit(CrewSlot slot, long index, Action<long, Frame, VisionModel, VisionResult> seen)
    {
        if (slot.IsBusy)
        {
            using var frame = slot.Take();
            seen(index, frame, _workers[0].Model, slot.Result);
        }
    }
}
