namespace EdgeVision.Agent.Tests;

public sealed class FlowLimiterTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero, Long = TimeSpan.FromSeconds(10);
    private readonly FlowLimiter _limiter = new();
    private readonly AgentFrames _frames = new();

    [Fact]
    public void Offer_LoopIsBusy_NewestStayAndTheOldestGoesBackToItsPool()
    {
        var lane = _limiter.Open(patient: false);
        for (var i = 1; i <= 5; i++)
        {
            lane.Offer(_frames.Next(i));
        }

        Assert.Equal((2L, FlowLane.Depth), (lane.Dropped, _frames.Leased));
        Assert.Equal([3, 4, 5], Enumerable.Range(0, FlowLane.Depth).Select(_ => TakeOne()));
        Assert.Null(_limiter.Take(AtOnce));
    }

    [Fact]
    public void Offer_BurstOfWhatFits_NothingIsDropped()
    {
        var lane = _limiter.Open(patient: false);

        for (var i = 0; i < FlowLane.Depth; i++)
        {
            lane.Offer(_frames.Next(i));
        }

        Assert.Equal((0L, FlowLane.Depth), (lane.Dropped, _frames.Leased));
    }

    [Fact]
    public void Take_TwoCameras_TakeTurns()
    {
        var (fast, slow) = (_limiter.Open(patient: false), _limiter.Open(patient: false));
        slow.Offer(_frames.Next(100));
        var seen = new List<long>();

        for (var i = 0; i < 3; i++)
        {
            fast.Offer(_frames.Next(i));
            using var frame = _limiter.Take(AtOnce)!;
            seen.Add(frame.Stamp.Sequence);
        }

        Assert.Contains(100, seen[..2]);
    }

    [Fact]
    public async Task Offer_PatientSource_WaitsForItsTurnAndLosesNothing()
    {
        var lane = _limiter.Open(patient: true);
        var offering = Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                lane.Offer(_frames.Next(i));
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 20; i++)
        {
            using var frame = _limiter.Take(Long)!;
            Assert.Equal(i, frame.Stamp.Sequence);
        }

        await offering;
        Assert.Equal(0, lane.Dropped);
    }

    [Fact]
    public async Task Wake_WaitingLoop_ReturnsWithoutAFrame()
    {
        var taking = Task.Run(() => _limiter.Take(Long), TestContext.Current.CancellationToken);

        _limiter.Wake();

        Assert.Null(await taking.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Close_FrameWaiting_GoesBackAndLaterOnesToo()
    {
        var lane = _limiter.Open(patient: false);
        lane.Offer(_frames.Next());

        lane.Close();
        lane.Offer(_frames.Next());

        Assert.Equal(0, _frames.Leased);
        Assert.Null(_limiter.Take(AtOnce));
    }

    private long TakeOne()
    {
        using var frame = _limiter.Take(AtOnce)!;
        return frame.Stamp.Sequence;
    }
}
