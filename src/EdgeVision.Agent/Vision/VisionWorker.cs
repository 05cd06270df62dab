using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>The loop that carries a frame from a camera to what is said about it; one thread for one model.</summary>
/// <remarks>Step numbers are those of the table in the README. 0 bytes allocated per frame in steady state. A frame that fails is logged once per cause; the loop lives.</remarks>
internal sealed partial class VisionWorker(
    FlowLimiter limiter, ActiveModel active, ServiceObserver observer, LivePicture picture, TelemetryReporter reporter, Heartbeat heartbeat, ILogger<VisionWorker> logger)
{
    /// <summary>The loop comes round at least this often, so that it can be told from one that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly VisionResult _result = new();
    private readonly HashSet<string> _causes = [];

    public void Run(CancellationToken stopping)
    {
        ThreadPriority.Raise();
        while (!stopping.IsCancellationRequested)
        {
            heartbeat.Beat();
            if (limiter.Take(Patience) is not { } next)                // :: 2  newest of each camera, in turn
            {
                reporter.Idle(active.Current);                         //       a new model need not wait for a frame
                continue;
            }

            using (var frame = next)                                   // :: 3  the lease ends with this block
            {
                var model = active.Current;                            // :: 4  one model per frame: the swap happens here
                if (!TryInfer(ref model, frame))                       // :: 5
                {
                    observer.Failed(model);
                    reporter.Failed(frame.SourceId);
                    continue;
                }

                observer.Observe(frame, model, _result);               // :: 6  its vital signs, and a copy for a shadow that is ready
                picture.Offer(frame, model, _result);                  //       only when somebody looks
                reporter.Observe(frame, model, _result);               // :: 7
            }
        }
    }

    private bool TryInfer(ref VisionModel model, Frame frame)
    {
        try
        {
            model.Infer(frame, _result);
            active.Confirm();
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (active.Reject(exception))
            {
                model = active.Current;
                return TryInfer(ref model, frame);
            }

            LogOnce(frame.SourceId, exception);
            return false;
        }
    }

    private void LogOnce(string camera, Exception exception)
    {
        if (_causes.Count < 100 && _causes.Add(camera + exception.GetType() + exception.Message))
        {
            Log.FrameFailed(logger, camera, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7000, LogLevel.Error, "{Camera}: a frame could not be looked at: {Reason} (said once for each cause)")]
        public static partial void FrameFailed(ILogger logger, string camera, string reason);
    }
}
