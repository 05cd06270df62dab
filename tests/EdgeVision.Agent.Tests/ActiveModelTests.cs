namespace EdgeVision.Agent.Tests;

public sealed class ActiveModelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeModel _first = new("first");
    private readonly FakeModel _second = new("second");

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task ReplaceAsync_FirstFrameSeen_TheNewServesAndTheOldIsDisposedByTheLoop()
    {
        using var active = new ActiveModel(_first, () => { });

        var replacing = active.ReplaceAsync(_second, Patience, CancellationToken.None);
        Assert.Equal("first", active.Identity.Name);
        Assert.Same(_second, active.Current);
        Assert.False(_first.IsDisposed);
        active.Confirm();

        Assert.Null(await replacing);
        Assert.True(_first.IsDisposed);
        Assert.Equal("second", active.Identity.Name);
    }

    [Fact]
    public async Task Reject_FirstFrameFails_TheOldServesAgain()
    {
        using var active = new ActiveModel(_first, () => { });
        var replacing = active.ReplaceAsync(_second, Patience, CancellationToken.None);
        Assert.Same(_second, active.Current);

        Assert.True(active.Reject(new InvalidOperationException("no")));

        Assert.Equal("no", (await replacing)!.Message);
        Assert.Same(_first, active.Current);
        Assert.True(_second.IsDisposed);
        Assert.False(active.Reject(new InvalidOperationException("a frame of the old one")));
    }

    [Fact]
    public async Task ReplaceAsync_NoFrameComes_TheNewIsInServiceAfterTheWait()
    {
        using var active = new ActiveModel(_first, () => { });
        var replacing = active.ReplaceAsync(_second, TimeSpan.FromMilliseconds(50), CancellationToken.None);
        _ = active.Current;

        Assert.Null(await replacing);
        Assert.Equal("second", active.Identity.Name);
    }

    [Fact]
    public async Task ReplaceAsync_CancelledBeforeTheLoopTookIt_NothingChanged()
    {
        using var active = new ActiveModel(_first, () => { });
        using var cancel = new CancellationTokenSource();
        var replacing = active.ReplaceAsync(_second, Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replacing);
        Assert.Same(_first, active.Current);
        Assert.True(_second.IsDisposed);
    }

    [Fact]
    public async Task ReplaceAsync_OldOneIsWanted_ComesBackUndisposedWhenTheNewIsConfirmed()
    {
        using var active = new ActiveModel(_first, () => { });
        EdgeVision.Inference.VisionModel? retired = null;
        var replacing = active.ReplaceAsync(_second, Patience, CancellationToken.None, model => retired = model);
        _ = active.Current;
        Assert.Null(retired);

        active.Confirm();

        Assert.Null(await replacing);
        Assert.Same(_first, retired);
        Assert.False(_first.IsDisposed);
    }

    [Fact]
    public async Task ExchangeAsync_NoMemoryForTwo_TheOldIsGoneBeforeTheNewIsLoaded()
    {
        using var active = new ActiveModel(_first, () => { });
        var exchanging = active.ExchangeAsync(() => _first.IsDisposed ? _second : throw new InvalidOperationException("both at once"), () => throw new InvalidOperationException("not needed"), CancellationToken.None);

        Assert.Same(_second, active.Current);

        Assert.Null(await exchanging);
        Assert.Equal("second", active.Identity.Name);
    }

    [Fact]
    public async Task ExchangeAsync_NewOneDoesNotLoad_TheOldIsLoadedAgain()
    {
        using var active = new ActiveModel(_first, () => { });
        var exchanging = active.ExchangeAsync(() => throw new InvalidOperationException("no such operator"), () => _second, CancellationToken.None);

        Assert.Same(_second, active.Current);

        Assert.Equal("no such operator", (await exchanging)!.Message);
    }

    [Fact]
    public async Task Reject_FirstFrameComesAfterTheWait_IsAFailureOfTheModelInService()
    {
        using var active = new ActiveModel(_first, () => { });
        var replacing = active.ReplaceAsync(_second, TimeSpan.FromMilliseconds(20), CancellationToken.None);
        _ = active.Current;
        Assert.Null(await replacing);

        Assert.False(active.Reject(new InvalidOperationException("too late to go back by itself")));

        Assert.Same(_second, active.Current);
    }
}
