namespace EdgeVision.Hub.Tests;

/// <summary>Runs a pump into a list, over a link that can be slow or break.</summary>
internal sealed class Link : IDisposable
{
    private readonly CancellationTokenSource _ending = new(), _broken = new();
    private readonly List<TelemetryMessage> _taken = [];
    private readonly Func<TelemetryMessage, CancellationToken, Task> _publish;
    private readonly Task _running;

    /// <param name="pump">What is run.</param>
    /// <param name="publish">What happens to a message before it is taken.</param>
    public Link(TelemetryPump pump, Func<TelemetryMessage, CancellationToken, Task>? publish = null)
    {
        _publish = publish ?? ((_, _) => Task.CompletedTask);
        _running = pump.RunAsync(PublishAsync, _ending.Token, _broken.Token);
    }

    public IReadOnlyList<TelemetryMessage> Taken
    {
        get
        {
            lock (_taken)
            {
                return [.. _taken];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_taken)
            {
                return _taken.Count;
            }
        }
    }

    /// <summary>How it ended, or that it has not.</summary>
    public Task Running => _running;

    public IReadOnlyList<int> Numbers => [.. Taken.Where(message => message.Priority != TelemetryPriority.Receipt).Select(OutboxFixture.NumberOf)];

    public void WaitFor(int count, int seconds = 20) => Eventually.True(() => Count >= count, TimeSpan.FromSeconds(seconds), () => $"{Count} of {count}");

    public void End()
    {
        _ending.Cancel();
        Assert.True(((IAsyncResult)_running).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
    }

    public void Dispose()
    {
        _ending.Cancel();
        _broken.Cancel();
        Assert.True(((IAsyncResult)_running).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
        _ending.Dispose();
        _broken.Dispose();
    }

    private async Task PublishAsync(TelemetryMessage message, CancellationToken broken)
    {
        await _publish(message, broken);
        lock (_taken)
        {
            _taken.Add(message);
        }
    }
}
