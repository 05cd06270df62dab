using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

/// <summary>The whole road of a real model: examined by the published program, beside the one in service, in service, kept or taken back.</summary>
public sealed class ModelTrialTests : IAsyncDisposable
{
    private static readonly ManifestGates Gates = new()
    {
        Shadow = new ShadowGate { MinFrames = 20, MinMinutes = 0.005 }, Probation = new ProbationGate { MinFrames = 20, MinMinutes = 0.005 },
    };

    private readonly TemporaryDirectory _folder = new();
    private readonly FlowLimiter _limiter = new();
    private readonly AgentFrames _frames = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceObserver _observer = new(TimeSpan.FromSeconds(10), TimeProvider.System);
    private readonly ModelPackage _serving = ModelPackage.Open(Published.Model("resnet8-cifar10"));
    private readonly ModelPackage _candidate;
    private readonly ActiveModel _active;
    private readonly Task[] _loops;
    private double _availableMiB = 4096;

    public ModelTrialTests()
    {
        _candidate = WriteCandidate();
        _active = new ActiveModel(VisionModel.Load(_serving, new InferenceOptions()), _limiter.Wake);
        var stamp = new MessageStamp("cam-1", () => _active.Identity, () => "", new ClockQuality(TimeProvider.System), TimeProvider.System);
        var reporter = new TelemetryReporter(stamp, _ => { }, TimeProvider.System);
        var worker = new VisionWorker(_limiter, _active, _observer, new LivePicture(), reporter, new Heartbeat(TimeProvider.System), NullLogger<VisionWorker>.Instance);
        _loops = [Loop(() => worker.Run(_stop.Token)), Loop(Feed)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _limiter.Wake();
        await Task.WhenAll(_loops);
        _active.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Trial_SameNetworkAgain_PassesEveryGateAndServes()
    {
        using var trial = Trial();

        var exam = await trial.ExamineAsync(_candidate, Token);
        Assert.True(exam.Outcome == TrialOutcome.Pass, exam.Reason);
        var candidate = _candidate.Select(exam.Variant!);
        var shadow = await trial.ShadowAsync(candidate, Token);
        Assert.True(shadow.Outcome == TrialOutcome.Pass, shadow.Reason);
        Assert.Equal(1.0, (double)shadow.Evidence["agreement"]!);
        Assert.Equal("1.0.0", _active.Identity.Version);

        var activation = await trial.ActivateAsync(candidate, Token);
        Assert.Equal((TrialOutcome.Pass, true, "1.1.0"), (activation.Outcome, (bool)activation.Evidence["twoModels"]!, _active.Identity.Version));
        Assert.Equal(TrialOutcome.Pass, (await trial.ProbationAsync(candidate, Token)).Outcome);
    }

    [Fact]
    public async Task RollBack_AfterActivation_TheModelBeforeServesAgainAndASecondTimeIsNothingToDo()
    {
        using var trial = Trial();
        await trial.ActivateAsync(_candidate, Token);

        var back = await trial.RollBackAsync(_serving, Token);

        Assert.Equal((TrialOutcome.Pass, "1.0.0"), (back.Outcome, _active.Identity.Version));
        Assert.Equal(TrialOutcome.Pass, (await trial.RollBackAsync(_serving, Token)).Outcome);
        var frames = _observer.Vitals.Read().Frames;
        Eventually.True(() => _observer.Vitals.Read().Frames > frames, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Trial_NoMemoryForTwo_ShadowAsksAPersonAndActivationTakesTheOldOneOutFirst()
    {
        using var trial = Trial();
        _availableMiB = 10;

        var shadow = await trial.ShadowAsync(_candidate, Token);
        Assert.Equal((TrialOutcome.Hold, UpdateCode.Memory), (shadow.Outcome, shadow.Code));
        Assert.Contains("10 MiB are free", shadow.Reason, StringComparison.Ordinal);

        var activation = await trial.ActivateAsync(_candidate, Token);
        Assert.Equal((TrialOutcome.Pass, false, "1.1.0"), (activation.Outcome, (bool)activation.Evidence["twoModels"]!, _active.Identity.Version));
        Assert.InRange((double)activation.Evidence["gapMs"]!, 0.1, 60_000);
        Assert.Equal(TrialOutcome.Pass, (await trial.RollBackAsync(_serving, Token)).Outcome);
        Assert.Equal("1.0.0", _active.Identity.Version);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ModelTrial Trial()
    {
        var options = new TrialOptions
        {
            Examiner = Published.Daemon, ShadowShare = 1, CoreShare = 1, Look = TimeSpan.FromMilliseconds(10), AvailableMiB = () => _availableMiB,
            MemoryGrowthMiB = 1024, // other tests load models in this process
        };
        var senses = new ProbationSenses { Dropped = () => 0, Hub = () => null, HeartbeatAge = () => TimeSpan.Zero, Stuck = _ => Task.CompletedTask };
        return new ModelTrial(_active, _serving, _observer, senses, options, new InferenceOptions(), TimeProvider.System, NullLogger<ModelTrial>.Instance);
    }

    /// <summary>The same network and labels as another version, with gates that are soon over.</summary>
    private ModelPackage WriteCandidate()
    {
        var files = _serving.Manifest.Files.Where(file => file.Role is "model" or "labels").ToList();
        return PackageWriter.Write(
            _folder.File("candidate"), _serving.Manifest with { Version = "1.1.0", Files = files, Gates = Gates }, files.ToDictionary(file => file.Name, _serving.Read));
    }

    private static Task Loop(Action loop) => Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Feed()
    {
        var lane = _limiter.Open(patient: false);
        while (!_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
        {
            lane.Offer(_frames.Next());
        }

        lane.Close();
    }
}
