using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The device at its Azure IoT Hub, or a hub that speaks the same: telemetry out, wishes in, methods answered. Connects again for ever.</summary>
/// <remarks>
/// Telemetry waits in an outbox until the hub has taken it (at least once, in order); reported properties are kept as what the hub should know and sent as what it does not.
/// The token is renewed at four fifths of its life over a planned cut that is no failure. A hub that is silent for 1.5 times the keep-alive, or leaves an answer out for 30 s,
/// is left. Handlers are set before <see cref="RunAsync"/> and must return at once. Any thread.
/// </remarks>
public sealed partial class HubClient
{
    private readonly HubOptions _options;
    private readonly X509Certificate2Collection _authorities;
    private readonly TimeProvider _time;
    private readonly ILogger<HubClient> _logger;
    private readonly TelemetryOutbox _outbox;
    private readonly TwinMirror _twin = new();
    private readonly MethodTable _methods = new();
    private readonly HubBackoff _backoff = new();
    private readonly Signal _tryNow = new();
    private volatile HubStatus _status = new(HubState.Connecting, HubFailure.None, "", 0, 0, 0, 0);
    private long _connects;
    private long _sent;

    /// <exception cref="HubException">The CA file cannot be used.</exception>
    public HubClient(HubOptions options, TimeProvider time, ILogger<HubClient> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _authorities = HubTrust.Load(options.CaFile);
        _outbox = new TelemetryOutbox(options.OutboxBytes);
    }

    /// <summary>The whole desired section, at each connect and after each change.</summary>
    public Action<JsonObject>? DesiredChanged { get; set; }

    public HubStatus Status => _status with { Connects = Volatile.Read(ref _connects), Sent = Volatile.Read(ref _sent), Waiting = _outbox.Count, Dropped = _outbox.Dropped };

    /// <summary>Answers a direct method; unknown ones are answered with 501.</summary>
    public void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler) => _methods.Set(name, handler);

    /// <summary>Puts a message into the outbox; never waits.</summary>
    public void Send(TelemetryMessage message) => _outbox.Add(message);

    /// <summary>What the hub should know of this device under a key of the reported section; sent when it differs from what the hub knows.</summary>
    public void Report(string key, JsonNode value) => _twin.Want(key, value);

    /// <summary>Ends a wait before the next attempt: what stood in the way may be gone, for example a wrong clock.</summary>
    public void TryNow() => _tryNow.Set();

    /// <summary>Connects and stays connected until cancelled; then says goodbye.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var (failure, detail) = _options.ClockIsSet() ? await TryConnectionAsync(stopping).ConfigureAwait(false) : (HubFailure.ClockUnset, "");
            if (failure != HubFailure.None && !stopping.IsCancellationRequested)
            {
                await WaitAsync(failure, detail, stopping).ConfigureAwait(false);
            }
        }

        _status = _status with { State = HubState.Stopped };
    }

    /// <returns>None after a planned end.</returns>
    private async Task<(HubFailure Failure, string Detail)> TryConnectionAsync(CancellationToken stopping)
    {
        await using var session = new HubSession(_options.ConnectionString, _time);
        var since = _time.GetTimestamp();
        try
        {
            var refusal = await session.OpenAsync(_options, _authorities, stopping).ConfigureAwait(false);
            if (refusal != HubFailure.None)
            {
                return (refusal, "");
            }

            Connected();
            var ending = await Conversation(session).RunAsync(stopping).ConfigureAwait(false);
            await session.CloseAsync().ConfigureAwait(false);
            return (ending, "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (ConnectFailure.Of(exception), exception.GetBaseException().Message);
        }
        finally
        {
            _backoff.Held(_time.GetElapsedTime(since));
        }
    }

    private HubConversation Conversation(HubSession session) => new(session, _options, _outbox, _twin, _methods, _time, _logger)
    {
        DesiredChanged = desired => DesiredChanged?.Invoke(desired),
        Sent = () => Interlocked.Increment(ref _sent),
    };

    private void Connected()
    {
        // a planned renewal of the token is no news
        if (_status.State != HubState.Connected)
        {
            Interlocked.Increment(ref _connects);
            Log.Connected(_logger, _options.ConnectionString.HostName, _options.ConnectionString.DeviceId);
        }

        _status = _status with { State = HubState.Connected, Failure = HubFailure.None, Detail = "" };
    }

    private async Task WaitAsync(HubFailure failure, string detail, CancellationToken stopping)
    {
        var delay = _backoff.Next(failure, Jitter());
        var advice = ConnectFailure.Advice(failure, _options.ConnectionString.HostName) + (detail.Length > 0 ? $" ({detail})" : "");
        Log.Lost(_logger, failure == _status.Failure ? LogLevel.Debug : LogLevel.Warning, advice, delay.TotalSeconds);
        _status = _status with { State = HubState.Waiting, Failure = failure, Detail = advice };
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(delay, _time, waiting.Token), _tryNow.WaitAsync(waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        _status = _status with { State = HubState.Connecting };
    }

#pragma warning disable CA5394 // spreads a fleet over time; nothing secret hangs on it
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "hub {Hub}: connected as {Device}")]
        public static partial void Connected(ILogger logger, string hub, string device);

        [LoggerMessage(EventId = 3001, Message = "hub {Advice}; trying again in {Delay:0.0} s")]
        public static partial void Lost(ILogger logger, LogLevel level, string advice, double delay);
    }
}
