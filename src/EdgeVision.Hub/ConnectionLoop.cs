using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>One connection after the other for ever, with a back-off between them, and what an operator should know of it.</summary>
/// <param name="peer">How the other end is called in the log, for example <c>hub contoso.azure-devices.net</c>.</param>
/// <param name="advice">What a failure means and what to do.</param>
internal sealed partial class ConnectionLoop(string peer, Func<HubFailure, string> advice, TimeProvider time, ILogger logger)
{
    private readonly HubBackoff _backoff = new();
    private readonly Signal _tryNow = new();
    private volatile HubStatus _status = new(HubState.Connecting, HubFailure.None, "", 0, 0, OutboxFigures.Empty);
    private long _connects;
    private long? _attempt, _connected;

    /// <summary>Without the outbox's figures, which belong to the client.</summary>
    public HubStatus Status => _status with { Connects = Volatile.Read(ref _connects) };

    /// <param name="connection">One connection from its beginning to its end; None after a planned end, and a detail where there is one. It may throw what sockets, TLS and MQTT throw.</param>
    /// <param name="stopping">Ends the loop.</param>
    public async Task RunAsync(Func<CancellationToken, Task<(HubFailure Failure, string Detail)>> connection, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await PaceAsync(stopping).ConfigureAwait(false);
            var (failure, detail) = await TryAsync(connection, stopping).ConfigureAwait(false);
            if (failure != HubFailure.None && !stopping.IsCancellationRequested)
            {
                await WaitAsync(failure, detail, stopping).ConfigureAwait(false);
            }
        }

        _status = _status with { State = HubState.Stopped };
    }

    /// <summary>Ends a wait before the next attempt.</summary>
    public void TryNow() => _tryNow.Set();

    /// <summary>The other end accepted this device.</summary>
    public void Connected(string device)
    {
        _connected = time.GetTimestamp();
        // a planned renewal of the connection is no news
        if (_status.State != HubState.Connected)
        {
            Interlocked.Increment(ref _connects);
            Log.Connected(logger, peer, device);
        }

        _status = _status with { State = HubState.Connected, Failure = HubFailure.None, Detail = "" };
    }

    /// <summary>Whatever ends connections early, and be it by plan: never two attempts within a second.</summary>
    private async Task PaceAsync(CancellationToken stopping)
    {
        if (_attempt is { } last && HubBackoff.LeastApart - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _attempt = time.GetTimestamp();
    }

    private async Task<(HubFailure Failure, string Detail)> TryAsync(Func<CancellationToken, Task<(HubFailure, string)>> connection, CancellationToken stopping)
    {
        _connected = null;
        var ending = await EndOfAsync(connection, stopping).ConfigureAwait(false);
        // Two devices with one identity let each other hold for as long as the other waits: that is not steady.
        if (_connected is { } since && ending.Failure != HubFailure.DuplicateIdentity)
        {
            _backoff.Held(time.GetElapsedTime(since));
        }

        return ending;
    }

    private static async Task<(HubFailure Failure, string Detail)> EndOfAsync(Func<CancellationToken, Task<(HubFailure, string)>> connection, CancellationToken stopping)
    {
        try
        {
            return await connection(stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (ConnectFailure.Of(exception), exception.GetBaseException().Message);
        }
    }

    private async Task WaitAsync(HubFailure failure, string detail, CancellationToken stopping)
    {
        var delay = _backoff.Next(failure, Jitter());
        var words = advice(failure) + (detail.Length > 0 ? $" ({detail})" : "");
        Log.Lost(logger, failure == _status.Failure ? LogLevel.Debug : LogLevel.Warning, words, delay.TotalSeconds);
        _status = _status with { State = HubState.Waiting, Failure = failure, Detail = words };
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(delay, time, waiting.Token), _tryNow.WaitAsync(waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        _status = _status with { State = HubState.Connecting };
    }

#pragma warning disable CA5394 // spreads a fleet over time; nothing secret hangs on it
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "{Peer}: connected as {Device}")]
        public static partial void Connected(ILogger logger, string peer, string device);

        [LoggerMessage(EventId = 3001, Message = "{Advice}; trying again in {Delay:0.0} s")]
        public static partial void Lost(ILogger logger, LogLevel level, string advice, double delay);
    }
}
