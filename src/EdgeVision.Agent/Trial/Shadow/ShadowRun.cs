using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>A second model that looks at some of the frames the model in service looks at, behind it, on a thread of its own.</summary>
/// <remarks>
/// It takes every k-th frame, and only when it is ready for one, so nothing queues and the loop never waits: it begins when the model in service has just finished, and after
/// each frame it rests until its share of one core is kept. Example: a frame of 20 ms at a quarter of a core is followed by a rest of 60 ms.
/// What it says stays here. Owns the model until <see cref="Release"/>.
/// </remarks>
internal sealed class ShadowRun
{
    private readonly VisionModel _model;
    private readonly ModelClock _clock;
    private readonly TrialOptions _options;
    private readonly int _threads, _every;
    private readonly TimeProvider _time;
    private readonly ShadowSlot _slot = new();
    private readonly VisionResult _result = new();
    private readonly Thread _thread;
    private readonly object _gate = new();
    private VisionModel? _comparedWith;
    private AgreementTally? _tally;
    private volatile bool _isReady;
    private volatile string? _failure;
    private bool _isFilled, _isStopped, _isEnded, _isAbandoned; // under the gate
    private int _framesSince; // the loop's
    private long _lookingSince;

    public ShadowRun(VisionModel model, TrialOptions options, int threads, TimeProvider time)
    {
        (_model, _options, _threads, _time, _clock) = (model, options, threads, time, new ModelClock(model, threads, time));
        _every = (int)Math.Ceiling(1 / options.ShadowShare);
        _thread = new Thread(Run) { IsBackground = true, Name = "shadow" };
        _thread.Start();
    }

    /// <summary>Why it failed at a frame; it has looked at none since. Null = it has not.</summary>
    public string? Failure => _failure;

    /// <summary>Would take a frame, if it were the turn of one.</summary>
    internal bool IsReady => _isReady;

    /// <summary>How long it has been looking at one frame; zero between frames.</summary>
    public TimeSpan Looking => Volatile.Read(ref _lookingSince) is var since and > 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The loop: a frame and what the model in service said of it.</summary>
    public void Offer(Frame frame, VisionModel model, VisionResult result)
    {
        if (++_framesSince < _every || !_isReady || ReferenceEquals(model, _model))
        {
            return;
        }

        (_framesSince, _isReady) = (0, false);
        _slot.Fill(frame, model, result);
        lock (_gate)
        {
            _isFilled = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was compared so far; null before the first frame. Any thread.</summary>
    public AgreementTally? Tally
    {
        get
        {
            lock (_gate)
            {
                return _tally;
            }
        }
    }

    /// <summary>Begins to count anew.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            _tally = null;
            _comparedWith = null;
        }
    }

    /// <summary>Ends the run and gives the model back.</summary>
    /// <returns>False when the model hangs in a frame: then it stays here, because native code cannot be ended without the process.</returns>
    public bool Release()
    {
        lock (_gate)
        {
            (_isReady, _isStopped) = (false, true);
            Monitor.PulseAll(_gate);
        }

        if (_thread.Join(_options.LongestFrame))
        {
            return true;
        }

        lock (_gate)
        {
            _isAbandoned = !_isEnded;
            return _isEnded;
        }
    }

    private void Run()
    {
        ThreadPriority.Lower();
        for (var rest = TimeSpan.Zero; Rest(rest) && AwaitFrame() && _failure is null;)
        {
            var started = _time.GetTimestamp();
            Look(started);
            rest = _time.GetElapsedTime(started) * _threads * (1 / _options.CoreShare - 1);
        }

        End();
    }

    /// <returns>False when the run is over.</returns>
    private bool Rest(TimeSpan rest)
    {
        lock (_gate)
        {
            if (!_isStopped && rest > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, rest);
            }

            return !_isStopped;
        }
    }

    /// <returns>False when the run is over.</returns>
    private bool AwaitFrame()
    {
        lock (_gate)
        {
            (_isFilled, _isReady) = (false, true);
            while (!_isFilled && !_isStopped)
            {
                Monitor.Wait(_gate);
            }

            return !_isStopped;
        }
    }

    private void Look(long started)
    {
        Volatile.Write(ref _lookingSince, started);
        try
        {
            var milliseconds = _clock.Infer(_slot.Frame, _result);
            TallyWith(_slot.By!).Add(_slot.Said, _result, milliseconds, ResultCheck.IsSound(_model, _result));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure = exception.Message; // whatever it is, the model in service goes on
        }

        Volatile.Write(ref _lookingSince, 0);
    }

    private AgreementTally TallyWith(VisionModel active)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_comparedWith, active))
            {
                (_comparedWith, _tally) = (active, new AgreementTally(active.Labels, _model.Labels));
            }

            return _tally!;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            if (_isAbandoned)
            {
                _model.Dispose();
            }
        }
    }
}
