using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

/// <summary>Windows of 15 s, a frame each second, a look after each frame.</summary>
public sealed class ProbationWatchTests
{
    private static readonly ProbationLimits Limits = new(1000, TimeSpan.FromMinutes(10), LatencyMsP99: 40, MemoryGrowthMiB: 48);
    private readonly WallClock _time = new();
    private readonly ServiceObserver _observer;
    private readonly AgentFrames _frames = new();
    private readonly ScriptedModel _before = ScriptedModel.Seeing(), _new = ScriptedModel.Seeing();
    private long _dropped;
    private double _rss = 100;
    private string? _heat;

    public ProbationWatchTests()
    {
        _time.Pass(1);
        _observer = new ServiceObserver(TimeSpan.FromSeconds(10), _time);
    }

    [Fact]
    public void Look_SlowInThreeWindows_CountsThemAndOneFastOneForgivesAll()
    {
        var watch = Begin();

        Assert.Equal(3, Play(watch, windows: 3, latencyMs: 80).SlowWindows);
        Assert.Equal(0, Play(watch, windows: 1, latencyMs: 10).SlowWindows);
    }

    [Fact]
    public void Look_EverySecondFrameDropped_IsMeasuredAgainstTheModelBefore()
    {
        Serve(_before, frames: 90);
        _dropped = 10;
        var watch = Begin();
        Assert.Equal(0, Play(watch, windows: 2, droppedEach: 0).DropWindows);

        var facts = Play(watch, windows: 3, droppedEach: 1);

        Assert.Equal((3, 0.1, 0.5), (facts.DropWindows, facts.DropShareBefore, Math.Round(facts.DropShare, 2)));
    }

    [Fact]
    public void Look_RestartedInProbation_DropsAreNotJudgedBecauseNobodyKnowsWhatIsNormal() => Assert.Equal(0, Play(Begin(), windows: 3, droppedEach: 3).DropWindows);

    [Fact]
    public void Look_Silence_IsHeldAgainstThreeTimesTheLongestTheModelBeforeHad()
    {
        // a thing each 20 s, for 10 minutes: the longest silence is 19 s, so 57 s are too long
        for (var i = 0; i < 600; i++)
        {
            Serve(_before, frames: 1, seesSomething: i % 20 == 0);
        }

        var watch = Begin();

        Assert.Equal(57, Play(watch, windows: 1).SilenceLimit!.Value.TotalSeconds);
    }

    [Fact]
    public void Look_ModelBeforeServedTooShortToTell_SilenceIsNotJudged()
    {
        Serve(_before, frames: 20);
        Assert.Null(Play(Begin(), windows: 1).SilenceLimit);
    }

    [Fact]
    public void Look_MemoryAndHeat_CountFromTheActivation()
    {
        var watch = Begin();
        Play(watch, windows: 1);
        (_rss, _heat) = (160, "thermal_zone0 has 95.0 C");

        var facts = Play(watch, windows: 3);

        Assert.Equal((60.0, 3, "thermal_zone0 has 95.0 C"), (facts.MemoryGrowthMiB, facts.HotWindows, facts.Heat));
    }

    [Fact]
    public void Look_HotAlreadyBefore_IsNoFaultOfTheModel()
    {
        _heat = "thermal_zone0 has 95.0 C";

        Assert.Equal(0, Play(Begin(), windows: 3).HotWindows);
    }

    [Fact]
    public void Look_CameraUnplugged_WindowAndClockStandStill()
    {
        var watch = Begin();
        var before = Play(watch, windows: 1);
        for (var i = 0; i < 7200; i++)
        {
            _time.Pass(1);
            before = watch.Look();
        }

        Assert.InRange(before.Watched.TotalSeconds, 15, 26); // ten seconds pass before a camera counts as silent
    }

    [Fact]
    public void Look_BrokenFrames_AreForgottenAfterTwoWindows()
    {
        var watch = Begin();
        Play(watch, windows: 1);
        _observer.Failed(_new);
        Assert.Equal(1, Play(watch, windows: 1).FailedLately);

        Assert.Equal(0, Play(watch, windows: 2).FailedLately);
    }

    private ProbationWatch Begin()
    {
        Serve(_new, frames: 1);
        var senses = new ProbationSenses
        {
            RssMiB = () => _rss, Dropped = () => _dropped, Heat = () => _heat, Hub = () => null, HeartbeatAge = () => TimeSpan.Zero, Stuck = _ => Task.CompletedTask,
        };
        return new ProbationWatch(_observer, senses, Limits, new TrialOptions(), _time, null, null);
    }

    private ProbationFacts Play(ProbationWatch watch, int windows, double latencyMs = 10, int droppedEach = 0)
    {
        var facts = new ProbationFacts();
        for (var second = 0; second < windows * 15; second++)
        {
            Serve(_new, frames: 1, latencyMs);
            _dropped += droppedEach;
            facts = watch.Look();
        }

        return facts;
    }

    private void Serve(ScriptedModel model, int frames, double latencyMs = 10, bool seesSomething = true)
    {
        var result = new VisionResult();
        for (var i = 0; i < frames; i++)
        {
            using var frame = _frames.Next();
            model.Infer(frame, result);
            if (!seesSomething)
            {
                result.Detections.Clear();
            }

            result.Times = new StageTimes(0, TimeSpan.FromMilliseconds(latencyMs).Ticks, 0);
            _time.Pass(1);
            _observer.Observe(frame, model, result);
        }
    }
}
