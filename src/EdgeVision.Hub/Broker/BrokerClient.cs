using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The device at a plain MQTT broker: telemetry, a retained status with a last will, a retained state, commands, and what Home Assistant wants to know.</summary>
/// <remarks>
/// Telemetry waits in an outbox, on disk where one is configured, until the broker has taken it (at least once, in order). A broker that refuses MQTT 5 is spoken to in 3.1.1. One that is silent for 1.5 times
/// the keep-alive, or leaves an acknowledgement out for 30 s, is left. Whatever way the device goes, its status says offline. Any thread.
/// </remarks>
public sealed partial class BrokerClient : ICloudLink
{
    private readonly BrokerOptions _options;
    private readonly BrokerLogin _login;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerClient> _logger;
    private readonly TelemetryOutbox _outbox;
    private readonly ReportedState _state = new();
    private readonly MethodTable _methods = new();
    private readonly DiscoveryBoard _discovery;
    private readonly OncePerCause _refused = new();
    private readonly TelemetryPump _pump;
    private readonly ConnectionLoop _loop;
    private BrokerProtocol _protocol;
    private long _sent;

    /// <exception cref="HubException">A file cannot be used, or topics cannot be used.</exception>
    public BrokerClient(BrokerOptions options, TimeProvider time, ILogger<BrokerClient> logger)
    {
        (_options, _time, _logger, _protocol) = (options, time, logger, options.Protocol);
        if (options.Topics.Problems() is { Count: > 0 } problems)
        {
            throw new HubException($"broker: {string.Join("; ", problems)}");
        }

        _login = BrokerLogin.Load(options);
        _outbox = new TelemetryOutbox(options.Outbox, time, logger);
        _pump = new TelemetryPump(_outbox, options.Outbox, time) { Taken = _ => Interlocked.Increment(ref _sent) };
        _discovery = new DiscoveryBoard(options.HomeAssistant is { } home ? new HomeAssistantDiscovery(home, options.Topics) : null);
        _loop = new ConnectionLoop($"broker {options.Address}", failure => BrokerAdvice.Of(failure, options), time, logger);
    }

    public Action<JsonObject>? DesiredChanged { get; set; }

    public Action<OutboxNotice>? OutboxNoticed
    {
        get => _outbox.Noticed;
        set => _outbox.Noticed = value;
    }

    public HubStatus Status => _loop.Status with { Sent = Volatile.Read(ref _sent), Outbox = _outbox.Figures, Peer = (_options.Host, _options.EffectivePort) };

    public void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler) => _methods.Set(name, handler);

    public void TryNow() => _loop.TryNow();

    public void Send(TelemetryMessage message) => _outbox.Add(message);

    public void Report(string key, JsonNode value) => _state.Set(key, value);

    /// <summary>The cameras there are now, for Home Assistant; does nothing where it is not asked for.</summary>
    public void ShowCameras(IReadOnlyList<string> cameras) => _discovery.Show(cameras);

    public Task RunAsync(CancellationToken stopping)
    {
        if (!_options.Tls && !IsLoopback(_options.Host))
        {
            Log.Plain(_logger, _options.Address);
        }

        return _loop.RunAsync(ConnectAsync, stopping);
    }

    /// <summary>Writes down what still waits.</summary>
    public void Dispose() => _outbox.Dispose();

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async Task<(HubFailure Failure, string Detail)> ConnectAsync(CancellationToken stopping)
    {
        if (!_options.ClockIsSet())
        {
            return (HubFailure.ClockUnset, "");
        }

        await using var session = new BrokerSession(_options, _login, _protocol, _time);
        var (failure, detail) = await session.OpenAsync(stopping).ConfigureAwait(false);
        if (session.ProtocolRefused && _protocol == BrokerProtocol.V5)
        {
            Log.OlderProtocol(_logger, _options.Address);
            _protocol = BrokerProtocol.V311;
            return (HubFailure.None, ""); // begin again at once
        }

        if (failure != HubFailure.None)
        {
            return (failure, detail);
        }

        _loop.Connected(_options.EffectiveClientId);
        var ending = await Conversation(session).RunAsync(stopping).ConfigureAwait(false);
        if (ending == HubFailure.None)
        {
            await SayGoodbyeAsync(session).ConfigureAwait(false);
        }

        return (ending, "");
    }

    private BrokerConversation Conversation(BrokerSession session) => new(session, _options.Topics, _pump, _state, _methods, _discovery, _refused, _logger)
    {
        DesiredChanged = desired => DesiredChanged?.Invoke(desired),
    };

    /// <summary>A proper goodbye takes the last will away, so the device says itself that it is gone.</summary>
    private async Task SayGoodbyeAsync(BrokerSession session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        try
        {
            await session.RetainAsync(_options.Topics.StatusTopic, Encoding.UTF8.GetBytes(BrokerSession.Offline), limit.Token).ConfigureAwait(false);
            await session.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // then the last will says it, as without DISCONNECT it stands
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3120, LogLevel.Warning, "broker {Broker}: broker.tls is false, so everybody on the way reads and writes along, the password too")]
        public static partial void Plain(ILogger logger, string broker);

        [LoggerMessage(3121, LogLevel.Information, "broker {Broker}: does not speak MQTT 5, so 3.1.1 is spoken")]
        public static partial void OlderProtocol(ILogger logger, string broker);
    }
}
