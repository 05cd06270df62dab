using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>Shadow run and probation as they run, with models that play what is written here and a vision loop of 200 frames a second.</summary>
public sealed class TrialRunTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ManifestGates Gates = new()
    {
        Shadow = new ShadowGate { MinFrames = 20, MinMinutes = 0.005 }, Probation = new ProbationGate { MinFrames = 40, MinMinutes = 0.01 },
    };

    private static readonly TrialOptions Options = new() { ShadowShare = 1, CoreShare = 1, Look = TimeSpan.FromMilliseconds(10), Window = TimeSpan.FromMilliseconds(150), LongestPause = TimeSpan.FromSeconds(1) };
    private readonly ServiceObserver _observer = new(Options.LongestPause, TimeProvider.System);
    private readonly AgentFrames _frames = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _stuck = [];
    private VisionModel _serving = ScriptedModel.Seeing();
    private Task _loop = Task.CompletedTask;
    private TimeSpan _heartbeat;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    [Fact]
    public async Task Shadow_ModelsAgree_PassesWithEvidenceAndGivesTheModelBack()
    {
        Start();
        var isBack = false;
        var verdict = await Shadow().RunAsync(ScriptedModel.Seeing(0.8f), Gates, () => isBack = true, Token);

        Assert.Equal((TrialOutcome.Pass, true), (verdict.Outcome, isBack));
        Assert.Equal((1.0, "shadow"), ((double)verdict.Evidence["agreement"]!, (string)verdict.Evidence["gate"]!));
        Assert.InRange((int)verdict.Evidence["seen"]!, 20, int.MaxValue);
    }

    [Fact]
    public async Task Shadow_OtherThingsSeen_IsHeld()
    {
        Start();
        var other = new ScriptedModel(ScriptedModel.PersonCar, (_, result) => result.Detections.Add(new(50, 50, 60, 60), 0.9f, 1));

        var verdict = await Shadow().RunAsync(other, Gates, () => { }, Token);

        Assert.Equal((TrialOutcome.Hold, UpdateCode.Shadow), (verdict.Outcome, verdict.Code));
    }

    [Fact]
    public async Task Shadow_CameraDead_WaitsWithoutAVerdict()
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shadow().RunAsync(ScriptedModel.Seeing(), Gates with { Shadow = new ShadowGate { MinFrames = 1, MinMinutes = 0, MaxHours = 0.00001 } }, () => { }, enough.Token));
        Assert.Null(_observer.Shadow);
    }

    [Fact]
    public async Task Probation_NothingWrong_Commits()
    {
        Start();
        var verdict = await Probation().RunAsync(Gates, ScriptedModel.Seeing(), null, () => { }, Token);

        Assert.Equal(TrialOutcome.Pass, verdict.Outcome);
        Assert.InRange((long)verdict.Evidence["frames"]!, 40, long.MaxValue);
    }

    [Fact]
    public async Task Probation_GoesBlindWhileTheModelBeforeStillSees_RollsBackInSecondsAndTheModelBeforeIsReady()
    {
        var shadow = Shadow();
        Start();
        await shadow.RunAsync(ScriptedModel.Seeing(), Gates, () => { }, Token);
        var before = (ScriptedModel)_serving;
        _serving = new ScriptedModel(ScriptedModel.PersonCar, (frame, result) => See(result, frame < 30));
        var isBack = false;

        var verdict = await Probation().RunAsync(Long, before, AnswerReference.Of(shadow.Tally), () => isBack = true, Token);

        Assert.Equal((TrialOutcome.Fail, UpdateCode.Drift, true), (verdict.Outcome, verdict.Code, isBack));
        Assert.False(before.IsDisposed);
    }

    [Fact]
    public async Task Probation_NightForBoth_IsNoDrift()
    {
        Start(seesSomething: false);

        var verdict = await Probation().RunAsync(Gates, new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { }), null, () => { }, Token);

        Assert.Equal(TrialOutcome.Pass, verdict.Outcome);
    }

    [Fact]
    public async Task Probation_NoNumberAtOneFrame_RollsBack()
    {
        _serving = new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { }) { IsFinite = frame => frame != 25 };
        Start();

        Assert.Equal(UpdateCode.NotANumber, (await Probation().RunAsync(Long, null, null, () => { }, Token)).Code);
    }

    [Fact]
    public async Task Probation_LoopHangs_EndsTheProcess()
    {
        Start();
        _heartbeat = TimeSpan.FromSeconds(3.1);

        var verdict = await Probation().RunAsync(Long, null, null, () => { }, Token);

        Assert.Equal(UpdateCode.Watchdog, verdict.Code);
        Assert.Contains("more than 3 s", Assert.Single(_stuck), StringComparison.Ordinal);
    }

    private static CancellationToken Token => new CancellationTokenSource(Patience).Token;

    private static ManifestGates Long => Gates with { Probation = new ProbationGate { MinMinutes = 60, MinFrames = 1_000_000 } };

    private static void See(VisionResult result, bool seesSomething)
    {
        if (seesSomething)
        {
            result.Detections.Add(new(0, 0, 10, 10), 0.9f, 0);
        }
    }

    private ShadowTrial Shadow() => new(_observer, Options, 1, TimeProvider.System);

    private ProbationTrial Probation() => new(
        _observer,
        new ProbationSenses
        {
            RssMiB = () => 100, Dropped = () => 0, Heat = () => null, Hub = () => null, HeartbeatAge = () => _heartbeat,
            Stuck = reason =>
            {
                _stuck.Add(reason);
                return Task.CompletedTask;
            },
        },
        Options, 1, TimeProvider.System);

    private void Start(bool seesSomething = true)
    {
        _serving = seesSomething ? _serving : new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { });
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Loop()
    {
        var result = new VisionResult();
        while (!_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
        {
            using var frame = _frames.Next();
            var model = Volatile.Read(ref _serving);
            model.Infer(frame, result);
            _observer.Observe(frame, model, result);
        }
    }
}
