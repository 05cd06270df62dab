using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

public sealed class ShadowRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly AgentFrames _frames = new();
    private readonly ScriptedModel _active = ScriptedModel.Seeing();
    private readonly VisionResult _result = new();

    [Fact]
    public void Offer_SameFrameBothAgree_TallyHasItAndTheFrameGoesBackAtOnce()
    {
        var run = Start(ScriptedModel.Seeing(0.7f));

        Eventually.True(() => OfferOne(run) && run.Tally?.Read().Frames >= 5, Patience);

        Assert.True(run.Release());
        var figures = run.Tally!.Read();
        Assert.Equal((1.0, 1.0, figures.Frames), (figures.Agreement, figures.RateRatio, figures.Seen));
        Assert.Equal(0, _frames.Leased);
    }

    [Fact]
    public void Offer_ShareOfATenth_RestsNineTimesAsLongAsItLooks()
    {
        var run = Start(new ScriptedModel(ScriptedModel.PersonCar, (_, _) => Busy(TimeSpan.FromMilliseconds(10))), share: 0.1);
        var started = TimeProvider.System.GetTimestamp();

        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
        {
            OfferOne(run);
        }

        Assert.True(run.Release());
        Assert.InRange(run.Tally!.Read().Frames, 1, 11); // 10 ms in every 100; a busy machine gives it less, never more
    }

    [Fact]
    public void Offer_ShareOfAQuarterOfTheFrames_TakesEveryFourth()
    {
        var run = new ShadowRun(ScriptedModel.Seeing(), new TrialOptions { ShadowShare = 0.25, CoreShare = 1 }, 1, TimeProvider.System);
        var seen = 0;

        for (var i = 1; i <= 40; i++)
        {
            Eventually.True(() => run.IsReady, Patience);
            OfferOne(run);
            seen += i % 4 == 0 ? 1 : 0;
            Eventually.True(() => (run.Tally?.Read().Frames ?? 0) == seen, Patience);
        }

        Assert.True(run.Release());
    }

    [Fact]
    public void Offer_WhileItRests_CostsNothing()
    {
        var run = Start(new ScriptedModel(ScriptedModel.PersonCar, (_, _) => Busy(TimeSpan.FromMilliseconds(30))), share: 0.001);
        using var frame = Next();
        Eventually.True(() => Offered(run, frame) && run.Tally is not null, Patience); // it has looked once, and rests for 30 s

        Assert.Equal(0, Allocated.Bytes(100, () => run.Offer(frame, _active, _result)));
        Assert.True(run.Release());
        Assert.Equal(1, run.Tally!.Read().Frames);
    }

    [Fact]
    public void Offer_ModelThatThrows_SaysWhyAndLooksNoMore()
    {
        var run = Start(new ScriptedModel(ScriptedModel.PersonCar, (frame, _) => Assert.NotEqual(2, frame)));

        Eventually.True(() => OfferOne(run) && run.Failure is not null, Patience);

        Assert.True(run.Release());
        Assert.Equal(2, run.Tally!.Read().Frames);
    }

    [Fact]
    public void Offer_ModelWithoutNumbers_IsCounted()
    {
        var run = Start(new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { }) { IsFinite = frame => frame != 3 });

        Eventually.True(() => OfferOne(run) && run.Tally?.Read().Unsound == 1, Patience);

        Assert.True(run.Release());
    }

    [Fact]
    public void Release_ModelThatHangs_StaysThereAndIsDisposedWhenItComesBack()
    {
        using var let = new ManualResetEventSlim();
        var model = new ScriptedModel(ScriptedModel.PersonCar, (_, _) => let.Wait());
        var run = new ShadowRun(model, new TrialOptions { ShadowShare = 1, LongestFrame = TimeSpan.FromMilliseconds(50) }, 1, TimeProvider.System);
        Eventually.True(() => OfferOne(run) && run.Looking > TimeSpan.Zero, Patience);

        Assert.False(run.Release());
        Assert.False(model.IsDisposed);
        let.Set();

        Eventually.True(() => model.IsDisposed, Patience);
    }

    [Fact]
    public void Release_BetweenFrames_GivesTheModelBackUndisposed()
    {
        var model = ScriptedModel.Seeing();

        Assert.True(Start(model).Release());
        Assert.False(model.IsDisposed);
    }

    private static ShadowRun Start(ScriptedModel model, double share = 1) => new(model, new TrialOptions { ShadowShare = 1, CoreShare = share }, 1, TimeProvider.System);

    private static void Busy(TimeSpan duration)
    {
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < duration;)
        {
            Thread.SpinWait(100);
        }
    }

    private Frame Next()
    {
        var frame = _frames.Next();
        _active.Infer(frame, _result);
        return frame;
    }

    private bool OfferOne(ShadowRun run)
    {
        using var frame = Next();
        return Offered(run, frame);
    }

    private bool Offered(ShadowRun run, Frame frame)
    {
        run.Offer(frame, _active, _result);
        return true;
    }
}
