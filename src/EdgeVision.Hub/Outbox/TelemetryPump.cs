namespace EdgeVision.Hub;

/// <summary>From the outbox to whatever link there is: several messages on their way at once, in order, live ones first.</summary>
/// <remarks>
/// Window 32: at a round trip of 200 ms that is 160 messages/s, not 5. Publishing is begun in order from one loop, so they stand on the wire in order, and a link that breaks has
/// taken the first of them. Backlog holds no more than 64 KB of the window and keeps to its rate, so a live message waits for at most that much of a slow line.
/// One run at a time; the rate it has learnt lasts over runs.
/// </remarks>
internal sealed class TelemetryPump(TelemetryOutbox outbox, OutboxOptions options, TimeProvider time)
{
    private const int Window = 32;
    private const int BacklogBytes = 64 << 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly BacklogRate _rate = new(options.BacklogPerSecond, time);
    private int _onTheirWay;
    private int _backlogBytes;
    private Exception? _failure;

    /// <summary>The cloud took one.</summary>
    public Action<TelemetryMessage>? Taken { get; set; }

    /// <summary>Sends what waits and what comes.</summary>
    /// <param name="publish">Sends one and ends when it is taken; begins its sending before it first waits, so that order is kept.</param>
    /// <param name="ending">Nothing new is begun; what is on its way may be taken.</param>
    /// <param name="broken">What is on its way is lost.</param>
    /// <param name="window">The most on their way at once; never more than 32.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="Exception">The first failure of <paramref name="publish"/>.</exception>
    public async Task RunAsync(Func<TelemetryMessage, CancellationToken, Task> publish, CancellationToken ending, CancellationToken broken, int window = Window)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ending);
        _failure = null;
        outbox.Begin();
        try
        {
            while (_failure is null)
            {
                var entry = await NextAsync(Math.Min(window, Window), stop.Token).ConfigureAwait(false);
                _ = SendAsync(entry, publish, stop, broken);
            }
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            // the failure is what is told
        }
        finally
        {
            while (Volatile.Read(ref _onTheirWay) > 0)
            {
                await outbox.ChangedAsync(CancellationToken.None).ConfigureAwait(false);
            }

            outbox.End();
        }

        if (_failure is not null && !ending.IsCancellationRequested)
        {
            _rate.Broken();
            throw _failure;
        }

        ending.ThrowIfCancellationRequested();
    }

    private async Task<OutboxEntry> NextAsync(int window, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (Volatile.Read(ref _onTheirWay) < window)
            {
                if (outbox.TakeLive() is { } live)
                {
                    return live;
                }

                var wait = _rate.Wait();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait < Look ? wait : Look, time, stop).ConfigureAwait(false);
                    continue;
                }

                if (Volatile.Read(ref _backlogBytes) < BacklogBytes && outbox.TakeBacklog() is { } old)
                {
                    _rate.Sent();
                    return old;
                }
            }

            await outbox.ChangedAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Never fails; the first failure ends the run.</summary>
    private async Task SendAsync(OutboxEntry entry, Func<TelemetryMessage, CancellationToken, Task> publish, CancellationTokenSource stop, CancellationToken broken)
    {
        var backlog = entry.IsBacklog ? entry.Bytes : 0;
        Interlocked.Add(ref _backlogBytes, backlog);
        Interlocked.Increment(ref _onTheirWay);
        try
        {
            await publish(outbox.Outgoing(entry), broken).ConfigureAwait(false);
            outbox.Taken(entry);
            Taken?.Invoke(entry.Message);
            _rate.Taken();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure ??= exception;
            await stop.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Add(ref _backlogBytes, -backlog);
            Interlocked.Decrement(ref _onTheirWay);
            outbox.Look();
        }
    }
}
