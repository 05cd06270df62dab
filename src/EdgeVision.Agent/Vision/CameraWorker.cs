using EdgeVision.Capture;
using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>One camera and the thread that reads it, from configuration to the place before the vision loop.</summary>
/// <remarks>What cannot be opened is tried again for ever, because a camera that is missing at the start may be plugged in tomorrow. Owns source and thread.</remarks>
internal sealed partial class CameraWorker : IDisposable
{
    private static readonly TimeSpan OpenAgain = TimeSpan.FromSeconds(5);
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<CameraWorker> _logger;
    private readonly TimeProvider _time;
    private readonly Action<string, SourceStatus> _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly FlowLane _lane;
    private volatile IFrameSource? _source;
    private volatile SourceStatus _unopened = new();

    /// <param name="options">What to open.</param>
    /// <param name="limiter">Where its frames go.</param>
    /// <param name="changed">Told when it begins or ceases to give frames, with the camera's id.</param>
    public CameraWorker(CameraOptions options, FlowLimiter limiter, Action<string, SourceStatus> changed, TimeProvider time, ILoggerFactory loggers)
    {
        (Options, _changed, _time, _loggers) = (options, changed, time, loggers);
        _logger = loggers.CreateLogger<CameraWorker>();
        _lane = limiter.Open(patient: !options.Paced && !options.Source.Contains("://", StringComparison.Ordinal));
        _thread = new Thread(Run) { IsBackground = true, Name = "camera " + options.Id };
        _thread.Start();
    }

    public CameraOptions Options { get; }

    public SourceStatus Status => _source?.Status ?? _unopened;

    /// <summary>Frames that made room for newer ones.</summary>
    public long Dropped => _lane.Dropped;

    public void Dispose()
    {
        _stop.Cancel();
        _source?.Dispose();
        _lane.Close();
        _thread.Join(TimeSpan.FromSeconds(2));
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Read();
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // whatever it is, one camera must not take the others down
                Missed(exception as CaptureException ?? new CaptureException(CaptureFailure.Other, $"{Options.Id}: {exception.Message}"));
                _stop.Token.WaitHandle.WaitOne(OpenAgain);
            }
        }
    }

    /// <summary>Until the source ends; only files and folders do.</summary>
    private void Read()
    {
        using var source = FrameSources.Open(Options.Id, Options.Source, Settings.SourceOf(Options), _time, _loggers);
        source.StatusChanged += (camera, status) => _changed(camera.Id, status);
        _source = source;
        var mask = new PrivacyMask(Options.Masks);
        while (source.Read(_stop.Token) is { } frame)                  // :: 1  the source has filled and stamped it
        {
            mask.Apply(frame);                                         //       what nobody may see is black from here on
            _lane.Offer(frame);                                        // :: 2
        }
    }

    private void Missed(CaptureException exception)
    {
        var news = _unopened.Failure != exception.Failure;
        _source = null;
        _unopened = new SourceStatus { State = SourceState.Waiting, Failure = exception.Failure, Detail = exception.Message };
        if (news)
        {
            Log.Missed(_logger, exception.Message, OpenAgain.TotalSeconds);
            _changed(Options.Id, _unopened);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7010, LogLevel.Warning, "{Reason}; trying again every {Seconds:0} s")]
        public static partial void Missed(ILogger logger, string reason, double seconds);
    }
}
