using System.Text.Json;
using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Adds up what the vision loop sees and says it at intervals; events are said at once.</summary>
/// <remarks>
/// One message sums up one model: when another takes over, the interval ends there. 5 s of one camera at 25 frames/s are one message of about 700 bytes instead of 125.
/// The loop observes (0 bytes allocated), a timer flushes; sequence numbers are given in the order of sending, so a gap means loss. Any thread.
/// </remarks>
internal sealed class TelemetryReporter(MessageStamp stamp, Action<TelemetryMessage> send, TimeProvider time)
{
    /// <summary>Figures of five seconds a day ago help nobody; events are kept as long as there is room.</summary>
    private static readonly TimeSpan IntervalLife = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CameraFigures> _figures = new(StringComparer.Ordinal);
    private VisionModel? _model;
    private long _since = time.GetTimestamp();

    /// <summary>The cameras there are now; set once, at composition.</summary>
    public Func<IReadOnlyList<CameraWorker>> Cameras { get; set; } = () => [];

    /// <summary>The regions to count in from now on.</summary>
    public void Watch(IReadOnlyList<CameraOptions> cameras)
    {
        lock (_gate)
        {
            foreach (var camera in cameras)
            {
                FiguresOf(camera.Id).Watch(camera.Regions);
            }
        }
    }

    /// <summary>The loop: one frame and what was seen in it.</summary>
    public void Observe(Frame frame, VisionModel model, VisionResult result)
    {
        var age = time.GetElapsedTime(frame.Stamp.Monotonic).TotalMilliseconds;
        var inference = time.GetElapsedTime(0, result.Times.Total).TotalMilliseconds;
        lock (_gate)
        {
            BeginWith(model);
            FiguresOf(frame.SourceId).Observe(frame, model, result, age, inference);
        }
    }

    /// <summary>The loop: the model in service while no frame comes.</summary>
    public void Idle(VisionModel model)
    {
        lock (_gate)
        {
            BeginWith(model);
        }
    }

    /// <summary>The loop: a frame that could not be looked at.</summary>
    public void Failed(string camera)
    {
        lock (_gate)
        {
            FiguresOf(camera).CountFailed();
        }
    }

    /// <summary>Ends the interval and says what was in it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            Flush(_model);
        }
    }

    public void Event(string name, string? camera = null, string? reason = null, string? detail = null)
    {
        lock (_gate)
        {
            var message = new EventMessage(stamp.Next("event", stamp.Model()), name) { Camera = camera, Reason = reason, Detail = detail };
            Send(TelemetryPriority.Event, message, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.EventMessage));
        }
    }

    /// <summary>What happened to the outbox, as an event; a drop receipt rides on a message that is never dropped itself.</summary>
    public void Outbox(OutboxNotice notice)
    {
        lock (_gate)
        {
            var message = new EventMessage(stamp.Next("event", stamp.Model()), notice.Event) { Reason = notice.Reason, Detail = notice.Detail, Dropped = DroppedFigures.Of(notice.Receipt) };
            var priority = notice.Receipt is null ? TelemetryPriority.Event : TelemetryPriority.Receipt;
            Send(priority, message, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.EventMessage), notice.Receipt?.Number ?? 0);
        }
    }

    /// <summary>Looks at the figures since the start under the lock, for the metrics page.</summary>
    public void Read(Action<CameraFigures> look)
    {
        lock (_gate)
        {
            foreach (var figures in _figures.Values)
            {
                look(figures);
            }
        }
    }

    private void BeginWith(VisionModel model)
    {
        if (ReferenceEquals(model, _model))
        {
            return;
        }

        if (_figures.Values.Any(figures => figures.Processed > 0))
        {
            Flush(_model);
        }

        var isFirst = _model is null;
        _model = model;
        if (!isFirst)
        {
            Event("model.active", detail: $"{model.Identity.Name} {model.Identity.Version}");
        }
    }

    private void Flush(VisionModel? model)
    {
        if (model is null)
        {
            return;
        }

        var seconds = time.GetElapsedTime(_since).TotalSeconds;
        _since = time.GetTimestamp();
        var cameras = Cameras().Select(camera => Interval(camera, model, seconds)).ToArray();
        var message = new IntervalMessage(stamp.Next("interval", model.Identity), Math.Round(seconds, 3), cameras);
        Send(TelemetryPriority.Interval, message, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.IntervalMessage));
    }

    private CameraInterval Interval(CameraWorker camera, VisionModel model, double seconds)
    {
        var status = camera.Status;
        var figures = FiguresOf(camera.Options.Id);
        var dropped = camera.Dropped + status.FramesSkipped;
        var interval = new CameraInterval(
            camera.Options.Id, status.State.ToString(), status.State == SourceState.Streaming ? nameof(CaptureFailure.None) : status.Failure.ToString(),
            new FrameCounts(figures.Processed, Math.Max(0, dropped - figures.DroppedBefore), figures.Failed), Math.Round(figures.Processed / Math.Max(seconds, 0.001), 2),
            figures.Age.Quantiles(), figures.Inference.Quantiles(), figures.Classes(model.Labels), figures.Regions.Classes(model.Labels));
        figures.DroppedBefore = dropped;
        figures.BeginInterval();
        return interval;
    }

    private CameraFigures FiguresOf(string camera)
    {
        if (!_figures.TryGetValue(camera, out var figures))
        {
            _figures[camera] = figures = new CameraFigures(camera);
        }

        return figures;
    }

    private void Send(TelemetryPriority priority, MessageHeader header, byte[] body, long receipt = 0) => send(
        new TelemetryMessage($"{header.BootId}-{header.Sequence}", header.Type, priority, header.Time, body)
        {
            Clock = header.Clock, TimeToLive = priority == TelemetryPriority.Interval ? IntervalLife : null, Receipt = receipt,
        });
}
