namespace EdgeVision.Update.Tests;

public sealed class TokenBucketTests
{
    private readonly JumpingTime _time = new();

    [Theory]
    [InlineData(800, 1_000_000, 10)] // 100 000 bytes a second
    [InlineData(16, 100_000, 50)]
    [InlineData(80_000, 100_000_000, 10)]
    public async Task Pay_WholeDownload_TakesTheTimeOfItsRateWithinTenPerCent(int kbps, int bytes, double seconds)
    {
        var bucket = new TokenBucket(_time);
        for (var paid = 0; paid < bytes; paid += 10_000)
        {
            _time.Pass(TimeSpan.FromMilliseconds(1)); // the network is fast
            await bucket.PayAsync(10_000, kbps, CancellationToken.None);
        }

        Assert.InRange(_time.Elapsed.TotalSeconds, 0.9 * seconds, 1.1 * seconds);
    }

    [Fact]
    public async Task Pay_AfterALongPause_SavedNoMoreThanAQuarterOfASecond()
    {
        var bucket = new TokenBucket(_time);
        _time.Pass(TimeSpan.FromHours(1));

        await bucket.PayAsync(25_000, 800, CancellationToken.None);
        Assert.Equal(TimeSpan.FromHours(1), _time.Elapsed);

        await bucket.PayAsync(100_000, 800, CancellationToken.None);
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1), _time.Elapsed);
    }

    [Fact]
    public async Task Pay_NoLimit_NeverWaits()
    {
        await new TokenBucket(_time).PayAsync(int.MaxValue, 0, CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
    }

    [Fact]
    public async Task Pay_Cancelled_StopsWaiting()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TokenBucket(TimeProvider.System).PayAsync(10_000_000, 16, stop.Token).AsTask());
    }
}
