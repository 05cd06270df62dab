namespace EdgeVision.Agent;

/// <summary>Gathers, look by look and window by window, what is known of a model on probation. One thread.</summary>
/// <remarks>A window is a quarter of a minute in which frames came; the model before, if it is still loaded, looks on as the witness.</remarks>
internal sealed class ProbationWatch
{
    /// <summary>More frames dropped than before by this share is the model's doing.</summary>
    private const double MoreDrops = 0.1;

    /// <summary>Times the longest silence the model before had.</summary>
    private const int Silences = 3;

    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(30);
    private readonly ServiceObserver _observer;
    private readonly ProbationSenses _senses;
    private readonly ProbationLimits _limits;
    private readonly TrialOptions _options;
    private readonly ShadowRun? _witness;
    private readonly AnswerReference? _reference;
    private readonly StreamClock _clock;
    private readonly HubWatch _hub;
    private readonly bool _wasHot;
    private readonly double? _dropsBefore; // null after a restart: nobody knows what is normal here
    private TimeSpan _windowEnds;
    private double? _memory;
    private (long Frames, long Failed, long Dropped) _atWindow;
    private long _failedBefore;
    private ProbationFacts _facts;

    /// <param name="witness">The model before, looking on; null = it is not loaded any more.</param>
    /// <param name="reference">What the two said in the shadow run.</param>
    public ProbationWatch(ServiceObserver observer, ProbationSenses senses, ProbationLimits limits, TrialOptions options, TimeProvider time, ShadowRun? witness, AnswerReference? reference)
    {
        (_observer, _senses, _limits, _options, _witness, _reference) = (observer, senses, limits, options, witness, reference);
        _clock = new StreamClock(options.LongestPause, time);
        _hub = new HubWatch(senses.Hub, options.HubPatience, time);
        _windowEnds = options.Window;
        _wasHot = senses.Heat() is not null;
        _atWindow = (0, 0, senses.Dropped());
        _dropsBefore = observer.Before is { } before ? ShareOf(senses.Dropped(), before.Read().Frames) : null;
        _facts = new ProbationFacts { DropShareBefore = _dropsBefore ?? 0 };
    }

    public ProbationFacts Look()
    {
        var vitals = _observer.Vitals.Read();
        _clock.Advance(vitals.LastFrame);
        if (_clock.Elapsed >= _windowEnds)
        {
            EndWindow(vitals);
        }

        return _facts = _facts with
        {
            Vitals = vitals, Watched = _clock.Elapsed, FailedLately = vitals.Failed - _failedBefore, SilenceLimit = _witness is null ? SilenceLimit() : null,
            MemoryGrowthMiB = _memory is { } memory ? _senses.RssMiB() - memory : 0, HubLost = _hub.Look(), IsAcknowledged = _hub.IsAcknowledged,
        };
    }

    private static double ShareOf(long dropped, long seen) => dropped + seen > 0 ? (double)dropped / (dropped + seen) : 0;

    private void EndWindow(VitalFigures vitals)
    {
        _windowEnds = _clock.Elapsed + _options.Window;
        _memory ??= _senses.RssMiB();
        var dropped = _senses.Dropped();
        var latency = _observer.Vitals.TakeLatency().P99;
        var drops = ShareOf(dropped - _atWindow.Dropped, vitals.Frames - _atWindow.Frames);
        var heat = _wasHot ? null : _senses.Heat();
        _failedBefore = _atWindow.Failed;
        _atWindow = (vitals.Frames, vitals.Failed, dropped);
        _facts = _facts with
        {
            LatencyMsP99 = latency, SlowWindows = Count(_facts.SlowWindows, latency > _limits.LatencyMsP99 * LatencyHistogram.Tolerance),
            DropShare = drops, DropWindows = Count(_facts.DropWindows, drops > _dropsBefore + MoreDrops),
            Heat = heat, HotWindows = Count(_facts.HotWindows, heat is not null),
        };
        LookForDrift();
    }

    private static int Count(int inRow, bool again) => again ? inRow + 1 : 0;

    /// <summary>A window in which too little was seen goes on.</summary>
    private void LookForDrift()
    {
        if (_witness?.Tally is { } tally && tally.Read().Seen >= DriftJudge.Frames)
        {
            _witness.Renew();
            var drift = DriftJudge.Find(tally, _reference);
            _facts = _facts with { Drift = drift, DriftWindows = Count(_facts.DriftWindows, drift is not null) };
        }
    }

    /// <summary>Without a witness: what was the longest silence while the model before served, if that was long enough to tell.</summary>
    private TimeSpan? SilenceLimit()
    {
        if (_observer.Before?.Read() is not { Seen: > 0 } before)
        {
            return null;
        }

        var limit = before.LongestSilence * Silences;
        limit = limit > LeastSilence ? limit : LeastSilence;
        return before.Watched >= limit ? limit : null;
    }
}
