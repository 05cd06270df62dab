using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent.Tests;

/// <summary>What a shadow costs the model in service (U9): real models, a camera of 50 frames a second.</summary>
[Collection(Alone.Name)]
public sealed class ShadowCostTests
{
    private const int Frames = 100, Rounds = 3;
    private readonly FramePool _pool = new("camera", new ImageLayout(PixelFormat.Nv12, 640, 352), capacity: 1);

    [Fact]
    public void Observe_WithAndWithoutShadow_P95OfTheModelInServiceStaysNear()
    {
        var package = ModelPackage.Open(Published.Model("fastestdet"));
        using var active = VisionModel.Load(package, new InferenceOptions());
        using var candidate = VisionModel.Load(package, new InferenceOptions());
        var (without, with, looked) = (new List<(double Own, double Wall)>(), new List<(double Own, double Wall)>(), 0);

        for (var round = 0; round < Rounds; round++) // in turn, so that both see the same machine
        {
            without.Add(P95(active, null));
            var run = new ShadowRun(candidate, new TrialOptions(), 1, TimeProvider.System);
            with.Add(P95(active, run));
            Assert.True(run.Release());
            looked += run.Tally!.Read().Frames;
        }

        var rise = with.Min(p95 => p95.Own) / without.Min(p95 => p95.Own) - 1;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"p95 {without.Min(p95 => p95.Wall):0.00} ms alone, {with.Min(p95 => p95.Wall):0.00} ms beside a shadow, of its own processor time {rise:P1} more; the shadow looked at {looked} of {Rounds * Frames} frames");
        Assert.InRange(looked, 3, Rounds * Frames / 20);
        // the promise is 10 % on a device of its own; here other tests run on the same two cores, so only a shadow that stands in the way shows
        Assert.InRange(rise, -1, 0.5);
    }

    /// <returns>Milliseconds on the processor, and on the wall.</returns>
    private (double Own, double Wall) P95(VisionModel model, ShadowRun? shadow)
    {
        var observer = new ServiceObserver(TimeSpan.FromSeconds(10), TimeProvider.System) { Shadow = shadow };
        var result = new VisionResult();
        var (own, wall) = (new List<double>(), new List<double>());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < Frames; i++)
        {
            using var frame = _pool.TryRent()!;
            new Random(i).NextBytes(frame.Pixels[..4096]);
            var (ownStarted, started) = (ThreadClock.Milliseconds, TimeProvider.System.GetTimestamp());
            model.Infer(frame, result);
            observer.Observe(frame, model, result);
            own.Add(ThreadClock.Milliseconds - ownStarted);
            wall.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            _ = tick.WaitForNextTickAsync().AsTask().GetAwaiter().GetResult();
        }

        return (own.Order().ElementAt((int)(0.95 * Frames)), wall.Order().ElementAt((int)(0.95 * Frames)));
    }
}
