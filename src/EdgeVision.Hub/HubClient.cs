using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The device at its Azure IoT Hub, or a hub that speaks the same: telemetry out, wishes in, methods answered. Connects again for ever.</summary>
/// <remarks>
/// Telemetry waits in an outbox, on disk where one is configured, until the hub has taken it (at least once, in order); reported properties are kept as what the hub should know and sent as what it does not.
/// The token is renewed at four fifths of its life over a planned cut that is no failure. A hub that is silent for 1.5 times the keep-alive, or leaves an answer out for 30 s,
/// is left. Handlers are set before <see cref="RunAsync"/> and must return at once. Any thread.
/// </remarks>
public sealed class HubClient : ICloudLink
{
    private readonly HubOptions _options;
    private readonly X509Certificate2Collection _authorities;
    private readonly TimeProvider _time;
    private readonly ILogger<HubClient> _logger;
    private readonly TelemetryOutbox _outbox;
    private readonly TwinMirror _twin = new();
    private readonly MethodTable _methods = new();
    private readonly TelemetryPump _pump;
    private readonly ConnectionLoop _loop;
    private long _sent;

    /// <exception cref="HubException">The CA file cannot be used.</exception>
    public HubClient(HubOptions options, TimeProvider time, ILogger<HubClient> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _authorities = HubTrust.Load(options.CaFile);
        _outbox = new TelemetryOutbox(options.Outbox, time, logger);
        _pump = new TelemetryPump(_outbox, options.Outbox, time) { Taken = () => Interlocked.Increment(ref _sent) };
        var name = options.ConnectionString.HostName;
        _loop = new ConnectionLoop($"hub {name}", failure => $"hub {ConnectFailure.Advice(failure, name)}", time, logger);
    }

    public Action<JsonObject>? DesiredChanged { get; set; }

    public Action<OutboxNotice>? OutboxNoticed
    {
        get => _outbox.Noticed;
        set => _outbox.Noticed = value;
    }

    public HubStatus Status => _loop.Status with { Sent = Volatile.Read(ref _sent), Outbox = _outbox.Figures };

    public void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler) => _methods.Set(name, handler);

    public void Send(TelemetryMessage message) => _outbox.Add(message);

    /// <summary>What the hub should know of this device under a key of the reported section; sent when it differs from what the hub knows.</summary>
    public void Report(string key, JsonNode value) => _twin.Want(key, value);

    public Task RunAsync(CancellationToken stopping) => _loop.RunAsync(ConnectAsync, stopping);

    /// <summary>Writes down what still waits.</summary>
    public void Dispose() => _outbox.Dispose();

    private async Task<(HubFailure Failure, string Detail)> ConnectAsync(CancellationToken stopping)
    {
        await using var session = new HubSession(_options.ConnectionString, _time);
        var refusal = await session.OpenAsync(_options, _authorities, stopping).ConfigureAwait(false);
        if (refusal != HubFailure.None)
        {
            return (refusal, "");
        }

        _loop.Connected(_options.ConnectionString.DeviceId);
        var ending = await Conversation(session).RunAsync(stopping).ConfigureAwait(false);
        await session.CloseAsync().ConfigureAwait(false);
        return (ending, "");
    }

    private HubConversation Conversation(HubSession session) => new(session, _options, _pump, _twin, _methods, _logger)
    {
        DesiredChanged = desired => DesiredChanged?.Invoke(desired),
    };
}
