using EdgeVision.Imaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Capture;

/// <summary>Frames of any file, RTSP or HTTP video, decoded by a child ffmpeg.</summary>
/// <remarks>
/// Live (network and <see cref="FfmpegOptions.Reopen"/>, or <see cref="FfmpegOptions.Paced"/>): the pipe is always drained, a frame without a free buffer is counted and skipped,
/// a broken or silent stream is opened again for ever, and nothing is ever made up in between. Otherwise: every decoded frame once, then null.
/// Pts counts from the first frame of each connection. Example: 640x352 NV12 is 337 920 bytes a frame, read from the pipe straight into the frame; 0 B managed per frame.
/// One thread reads; any thread disposes, without waiting: the thread inside <see cref="Read"/> leaves within a tenth of a second and cleans up.
/// </remarks>
public sealed partial class FfmpegSource : IFrameSource
{
    private const double SteadySeconds = 10;
    private static volatile bool _oldOptionNames;
    private readonly FfmpegOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FfmpegSource> _logger;
    private readonly StatusBoard _board;
    private readonly Backoff _backoff;
    private readonly Lock _reading = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly Func<PipeOutcome> _check;
    private CancellationToken _cancellation;
    private DecodedFrames? _run;
    private long _runFrames;
    private long _runSince;
    private long _waitingSince;
    private long _errorsCounted;

    public FfmpegSource(string id, FfmpegOptions options, TimeProvider time, ILogger<FfmpegSource> logger)
    {
        (Id, _options, _time, _logger) = (id, options, time, logger);
        _board = new StatusBoard(this);
        _backoff = new Backoff(options.MaxBackoffSeconds);
        _check = Check;
    }

    public string Id { get; }

    public SourceStatus Status => _board.Snapshot();

    public event Action<IFrameSource, SourceStatus>? StatusChanged
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    public Frame? Read(CancellationToken cancellationToken)
    {
        Frame? frame;
        lock (_reading)
        {
            _cancellation = cancellationToken;
            _waitingSince = _time.GetTimestamp();
            frame = NextFrame();
        }

        CloseIfDisposed();
        return frame;
    }

    public void Dispose()
    {
        _stop.Set();
        _run?.Kill();
        CloseIfDisposed();
    }

    private Frame? NextFrame()
    {
        while (!Stopping && _board.State != SourceState.Ended)
        {
            if (_run is null && !Open())
            {
                continue;
            }

            var outcome = TryRead(_run!, out var frame);
            if (frame is not null)
            {
                return frame;
            }

            if (outcome == PipeOutcome.Stopped)
            {
                CloseRun(); // perhaps in the middle of a frame: a later Read starts afresh
            }
            else if (outcome != PipeOutcome.Data)
            {
                Recover(outcome);
            }
        }

        return null;
    }

    private bool Open()
    {
        var arguments = FfmpegCommand.Arguments(_options, _oldOptionNames);
        if (DecoderProcess.Start(_options.FfmpegPath, arguments) is not { } decoder)
        {
            Fail(CaptureFailure.DecoderMissing, _options.FfmpegPath);
            return false;
        }

        (_runFrames, _errorsCounted) = (0, 0);
        _waitingSince = _runSince = _time.GetTimestamp();
        _run = new DecodedFrames(Id, _options, decoder, _check);
        return true;
    }

    /// <summary>One frame of the stream: handed out, or skipped for want of a buffer (then Data without a frame).</summary>
    private PipeOutcome TryRead(DecodedFrames run, out Frame? frame)
    {
        frame = null;
        if (run.Advance(out var item) is var outcome and not PipeOutcome.Data)
        {
            return outcome;
        }

        frame = Rent(run);
        if (frame is null)
        {
            return Stopping ? PipeOutcome.Stopped : Skip(run, item);
        }

        outcome = run.Fill(frame, item);
        if (outcome != PipeOutcome.Data)
        {
            frame.Dispose();
            frame = null;
            return outcome;
        }

        HandOut(run, frame);
        return outcome;
    }

    private Frame? Rent(DecodedFrames run)
    {
        var frame = run.TryRent();
        while (frame is null && !_options.IsLive && !Stopping)
        {
            _stop.Wait(2);
            frame = run.TryRent();
        }

        return frame;
    }

    private PipeOutcome Skip(DecodedFrames run, NutItem item)
    {
        var outcome = run.Discard(item);
        if (outcome == PipeOutcome.Data)
        {
            _board.CountSkipped();
            _waitingSince = _time.GetTimestamp();
        }

        return outcome;
    }

    private void HandOut(DecodedFrames run, Frame frame)
    {
        var now = _time.GetTimestamp();
        frame.Stamp = new FrameStamp(_board.Read + _board.Skipped, run.Pts, now, _time.GetUtcNow());
        if (++_runFrames == 1)
        {
            Log.Streaming(_logger, Id, frame.Width, frame.Height, frame.Layout.Format);
        }

        CountErrors(run);
        _board.CountRead(frame.Width, frame.Height);
    }

    private void CountErrors(DecodedFrames run)
    {
        if (run.Log.Errors != _errorsCounted)
        {
            _board.CountErrors(run.Log.Errors - _errorsCounted);
            _errorsCounted = run.Log.Errors;
        }
    }

    private void Recover(PipeOutcome outcome)
    {
        var run = _run!;
        if (outcome != PipeOutcome.Ended)
        {
            run.Kill();
        }

        var exitCode = run.Finish();
        if (run.Log.WantsOldNames && !_oldOptionNames)
        {
            _oldOptionNames = true;
            CloseRun();
            return;
        }

        if (_runFrames > 0)
        {
            CountErrors(run);
        }

        var failure = RunEnding.Of(_options, outcome, exitCode, _runFrames, run.Log);
        var detail = outcome == PipeOutcome.Corrupt ? "the picture's size changed in a way that cannot be followed" : run.Log.LastError;
        CloseRun();
        if (failure == CaptureFailure.None)
        {
            _board.Change(SourceState.Ended, CaptureFailure.None, "");
            return;
        }

        Fail(failure, detail);
    }

    private void Fail(CaptureFailure failure, string detail)
    {
        var safe = UrlSecrets.Remove(detail, _options.Url);
        if (!_options.Reopen)
        {
            var message = $"{Id}: {UrlSecrets.Remove(_options.Url, _options.Url)}: {FailureTable.Advice(failure)}" + (safe.Length > 0 ? $" ({safe})" : "");
            _board.Change(SourceState.Ended, failure, safe);
            throw new CaptureException(failure, message);
        }

        if (_runFrames > 0 && _time.GetElapsedTime(_runSince).TotalSeconds > SteadySeconds)
        {
            _backoff.Reset();
        }

        var delay = _backoff.Next(failure, Jitter());
        LogFailure(failure, safe, delay);
        _board.Change(SourceState.Waiting, failure, safe.Length > 0 ? safe : FailureTable.Advice(failure));
        WaitFor(delay);
        _board.CountReopen();
        _runFrames = 0;
    }

    /// <summary>A camera that stays away is said once; after that only its reason changing is news.</summary>
    private void LogFailure(CaptureFailure failure, string detail, TimeSpan delay)
    {
        if (failure != _board.Failure || _runFrames > 0)
        {
            Log.Failed(_logger, Id, failure, detail, delay.TotalSeconds);
        }
        else
        {
            Log.StillFailed(_logger, Id, failure, detail, delay.TotalSeconds);
        }
    }

    private void WaitFor(TimeSpan delay)
    {
        var since = _time.GetTimestamp();
        while (!Stopping && _time.GetElapsedTime(since) < delay)
        {
            _stop.Wait(50);
        }
    }

#pragma warning disable CA5394 // spreads reconnects over time; nothing secret hangs on it
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private bool Stopping => _stop.IsSet || _cancellation.IsCancellationRequested;

    private PipeOutcome Check()
    {
        if (Stopping)
        {
            return PipeOutcome.Stopped;
        }

        var stalled = _options.IsNetwork && _time.GetElapsedTime(_waitingSince).TotalSeconds > _options.StallSeconds;
        return stalled ? PipeOutcome.Stalled : PipeOutcome.Data;
    }

    /// <summary>Whoever gets the lock cleans up: the disposing thread, or the reading thread on its way out.</summary>
    private void CloseIfDisposed()
    {
        if (!_stop.IsSet || _reading.IsHeldByCurrentThread || !_reading.TryEnter())
        {
            return;
        }

        try
        {
            CloseRun();
        }
        finally
        {
            _reading.Exit();
        }
    }

    private void CloseRun()
    {
        _run?.Dispose();
        _run = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Information, "{Camera}: streaming {Width}x{Height} {Format}")]
        public static partial void Streaming(ILogger logger, string camera, int width, int height, PixelFormat format);

        [LoggerMessage(1101, LogLevel.Warning, "{Camera}: no picture ({Failure}: {Detail}), opening again in {Delay:0.0} s")]
        public static partial void Failed(ILogger logger, string camera, CaptureFailure failure, string detail, double delay);

        [LoggerMessage(1102, LogLevel.Debug, "{Camera}: still no picture ({Failure}: {Detail}), opening again in {Delay:0.0} s")]
        public static partial void StillFailed(ILogger logger, string camera, CaptureFailure failure, string detail, double delay);
    }
}
