using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Times a model that runs behind others: what the processor spent on it, where that can be told from what it waited for the processor.</summary>
/// <remarks>With one thread on the CPU the thread's own time is its latency on a free machine; with more threads or a GPU there is only the clock on the wall. One thread.</remarks>
internal sealed class ModelClock(VisionModel model, int threads, TimeProvider time)
{
    private readonly bool _ownTime = threads == 1 && model.Placement.NodesByProvider.Keys.All(provider => provider == "cpu");

    /// <returns>Milliseconds of a whole frame, picture to answer.</returns>
    public double Infer(Frame frame, VisionResult result)
    {
        var (wall, own) = (time.GetTimestamp(), ThreadClock.Milliseconds);
        model.Infer(frame, result);
        var elapsed = time.GetElapsedTime(wall).TotalMilliseconds;
        return _ownTime ? Math.Min(elapsed, ThreadClock.Milliseconds - own) : elapsed;
    }
}
