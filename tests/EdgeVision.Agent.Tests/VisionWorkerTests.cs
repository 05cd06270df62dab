using EdgeVision.Hub;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

[Collection(Alone.Name)]
public sealed class VisionWorkerTests : IDisposable
{
    private readonly FlowLimiter _limiter = new();
    private readonly AgentFrames _frames = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Run_ThousandSwapsOfRealModels_EveryFrameIsSeenByExactlyOneAndMemoryStaysFlat()
    {
        ModelPackage[] packages = [ModelPackage.Open(Published.Model("mnist-cnn")), ModelPackage.Open(Published.Model("resnet8-cifar10"))];
        using var active = new ActiveModel(VisionModel.Load(packages[0], new InferenceOptions()), _limiter.Wake);
        var intervals = 0;
        var reporter = Reporter(active, message => intervals += message.Priority == TelemetryPriority.Interval ? 1 : 0);
        var loop = Start(active, reporter);
        var lane = _limiter.Open(patient: true);
        using var enough = new CancellationTokenSource();
        var feeding = Task.Run(() => Feed(lane, enough.Token), TestContext.Current.CancellationToken);

        var memory = new double[1000];
        for (var i = 0; i < memory.Length; i++)
        {
            Assert.Null(await active.ReplaceAsync(VisionModel.Load(packages[(i + 1) % 2], new InferenceOptions()), TimeSpan.FromSeconds(10), CancellationToken.None));
            memory[i] = i % 10 == 0 ? RssWithoutGarbage() : 0;
        }

        await enough.CancelAsync();
        var frames = await feeding;
        Eventually.True(() => Sum(reporter, figures => figures.TotalProcessed) == frames, TimeSpan.FromSeconds(5));
        await Stop(loop, lane);
        var (early, late) = (memory[100..200].Max(), memory[^100..].Max());
        TestContext.Current.TestOutputHelper?.WriteLine($"{frames} frames over 1000 swaps; at most {early:0.0} MiB in swaps 100 to 200, {late:0.0} MiB in the last 100");
        Assert.InRange(intervals, 990, 1000); // a model replaced before its first frame has nothing to say
        Assert.Equal((0, 0), (lane.Dropped, _frames.Leased));
        Assert.InRange(late, 0, early * 1.05);
    }

    /// <summary>What the collector would give back is no leak, and how much of it lies about depends on the tests before this one.</summary>
    private static double RssWithoutGarbage()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return ProcessFigures.RssMiB!.Value;
    }

    [Fact]
    public async Task Run_NewModelFailsAtItsFirstFrame_TheOldOneGetsThatFrame()
    {
        var (good, bad) = (new FakeModel("good"), new FakeModel("bad", new InvalidOperationException("no such tensor")));
        using var active = new ActiveModel(good, _limiter.Wake);
        var loop = Start(active);
        var lane = _limiter.Open(patient: true);

        var replacing = active.ReplaceAsync(bad, TimeSpan.FromSeconds(10), CancellationToken.None);
        lane.Offer(_frames.Next());

        Assert.Equal("no such tensor", (await replacing)!.Message);
        Eventually.True(() => good.Frames == 1, TimeSpan.FromSeconds(5));
        await Stop(loop, lane);
    }

    [Fact]
    public async Task Run_FramesThatFail_AreCountedAndTheLoopLives()
    {
        using var active = new ActiveModel(new FakeModel("bad", new InvalidOperationException("no")), _limiter.Wake);
        var reporter = Reporter(active);
        var loop = Start(active, reporter);
        var lane = _limiter.Open(patient: true);

        for (var i = 0; i < 5; i++)
        {
            lane.Offer(_frames.Next());
        }

        Eventually.True(() => Sum(reporter, figures => figures.TotalFailed) == 5, TimeSpan.FromSeconds(5));
        await Stop(loop, lane);
    }

    private int Feed(FlowLane lane, CancellationToken enough)
    {
        var frames = 0;
        for (; !enough.IsCancellationRequested; frames++)
        {
            lane.Offer(_frames.Next());
        }

        return frames;
    }

    private static long Sum(TelemetryReporter reporter, Func<CameraFigures, long> figure)
    {
        var sum = 0L;
        reporter.Read(figures => sum += figure(figures));
        return sum;
    }

    private static TelemetryReporter Reporter(ActiveModel active, Action<TelemetryMessage>? send = null) =>
        new(new MessageStamp("cam-1", () => active.Identity, () => "", new ClockQuality(TimeProvider.System), TimeProvider.System), send ?? (_ => { }), TimeProvider.System);

    private Task Start(ActiveModel active, TelemetryReporter? reporter = null)
    {
        var worker = new VisionWorker(_limiter, active, new ServiceObserver(TimeSpan.FromSeconds(10), TimeProvider.System), new LivePicture(), reporter ?? Reporter(active), new Heartbeat(TimeProvider.System), NullLogger<VisionWorker>.Instance);
        return Task.Factory.StartNew(() => worker.Run(_stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private async Task Stop(Task loop, FlowLane lane)
    {
        await _stop.CancelAsync();
        lane.Close();
        _limiter.Wake();
        await loop.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
