using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The device at its Azure IoT Hub, or a hub that speaks the same: telemetry out, wishes in, methods answered. Connects again for ever.</summary>
/// <remarks>
/// Telemetry waits in an outbox, on disk where one is configured, until the hub has taken it (at least once, in order); reported properties are kept as what the hub should know and sent as what it does not.
/// The token is renewed at four fifths of its life over a planned cut that is no failure. A hub that is silent for 1.5 times the keep-alive, or leaves an answer out for 30 s,
/// is left. Handlers are set before <see cref="RunAsync"/> and must return at once. Any thread.
/// </remarks>
public sealed partial class HubClient : ICloudLink
{
    private readonly HubOptions _options;
    private readonly HubAccess _access;
    private readonly TimeProvider _time;
    private readonly ILogger<HubClient> _logger;
    private readonly TelemetryOutbox _outbox;
    private readonly TwinMirror _twin = new();
    private readonly MethodTable _methods = new();
    private readonly TelemetryPump _pump;
    private readonly Enrolment _enrolment;
    private readonly TransportChoice _transport;
    private readonly TakeoverWatch _takeovers;
    private readonly ConnectionLoop _loop;
    private CloudMailbox? _mailbox;
    private DateTimeOffset? _certificateEnds;
    private long _sent;

    /// <exception cref="HubException">The CA file cannot be used, or there is nothing that proves who the device is.</exception>
    public HubClient(HubOptions options, TimeProvider time, ILogger<HubClient> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _access = new HubAccess(options, time);
        _outbox = new TelemetryOutbox(options.Outbox, time, logger);
        _pump = new TelemetryPump(_outbox, options.Outbox, time) { Taken = Count };
        _enrolment = new Enrolment(options, _access, time, logger);
        _transport = new TransportChoice(options.Transport);
        _takeovers = new TakeoverWatch(time);
        _loop = new ConnectionLoop("hub", failure => $"hub {ConnectFailure.Advice(failure, _enrolment.Peer)}", time, logger);
    }

    /// <summary>At the hub; the registration id until the provisioning service has given one.</summary>
    public string DeviceId => _enrolment.DeviceId;

    public Action<JsonObject>? DesiredChanged { get; set; }

    /// <summary>The hub has a message for good. Called on a thread of the connection; must return at once.</summary>
    public Action<TelemetryMessage>? Taken { get; set; }

    public Action<OutboxNotice>? OutboxNoticed
    {
        get => _outbox.Noticed;
        set => _outbox.Noticed = value;
    }

    /// <summary>Deals with a message from the cloud, which is completed when it returns, and comes again when it throws; one at a time. Null = they stay at the hub.</summary>
    public Func<CloudMessage, CancellationToken, Task>? OnCloudMessage
    {
        set => _mailbox = value is null ? null : new CloudMailbox(value, _logger);
    }

    public HubStatus Status => _loop.Status with
    {
        Sent = Volatile.Read(ref _sent), Outbox = _outbox.Figures, Transport = _transport.Next,
        Peer = _enrolment.Hub is { Endpoint: var endpoint } ? (endpoint.Host, _transport.Next == HubTransport.WebSocket ? endpoint.HttpsPort : endpoint.MqttPort) : null,
        CertificateDaysLeft = _certificateEnds is { } end ? DeviceCertificate.DaysBetween(_time.GetUtcNow(), end) : null,
    };

    public void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler) => _methods.Set(name, handler);

    public void TryNow() => _loop.TryNow();

    public void Send(TelemetryMessage message) => _outbox.Add(message);

    /// <summary>What the hub should know of this device under a key of the reported section; sent when it differs from what the hub knows.</summary>
    /// <remarks>What no hub would take (32 KB in all, 4 KB a text) is logged, and what was reported before stays.</remarks>
    public void Report(string key, JsonNode value)
    {
        if (_twin.Want(key, value) is { } fault)
        {
            Log.NotReported(_logger, key, fault);
        }
    }

    /// <summary>Puts a file into the hub's store, under this device's name; over HTTPS, so it needs no connection. An upload that was cut goes on where it was.</summary>
    /// <param name="name">1 to 1024 characters, parts separated by /; the same name replaces the file.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<UploadResult> UploadAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var (device, fault) = _access.Certificate();
        using var certificate = device;
        if (fault.Length > 0 || _enrolment.Hub is not { } hub)
        {
            return new UploadResult(UploadFailure.NotReady, "", fault.Length > 0 ? fault : "no hub is known yet");
        }

        using var http = new HubHttp(_access.HttpHandler(hub.Endpoint, device), _time);
        return await new FileUpload(http, hub, _time, _logger).RunAsync(name, content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="UploadAsync(string, Stream, CancellationToken)"/>
    public async Task<UploadResult> UploadAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        return await UploadAsync(name, stream, cancellationToken).ConfigureAwait(false);
    }

    public Task RunAsync(CancellationToken stopping) => _loop.RunAsync(ConnectAsync, stopping);

    /// <summary>Writes down what still waits.</summary>
    public void Dispose() => _outbox.Dispose();

    private async Task<(HubFailure Failure, string Detail)> ConnectAsync(CancellationToken stopping)
    {
        if (!_options.ClockIsSet())
        {
            return (HubFailure.ClockUnset, "");
        }

        var (device, fault) = _access.Certificate();
        using var certificate = device;
        _certificateEnds = device?.End;
        if (fault.Length > 0)
        {
            return (HubFailure.DeviceCertificate, fault);
        }

        if (_enrolment.IsDue && await _enrolment.AskAsync(_transport.Next, device, stopping).ConfigureAwait(false) is { Failure: not HubFailure.None } none)
        {
            _transport.NotReached(none.Failure);
            return none;
        }

        return await ConnectAsync(_enrolment.Hub!, device, stopping).ConfigureAwait(false);
    }

    private async Task<(HubFailure Failure, string Detail)> ConnectAsync(HubConnectionString hub, DeviceCertificate? device, CancellationToken stopping)
    {
        await using var session = new HubSession(new MqttLink(_access.RouteTo(hub.Endpoint, _transport.Next, device), _time), hub, _time);
        var refusal = await OpenAsync(session, stopping).ConfigureAwait(false);
        if (refusal.Failure != HubFailure.None)
        {
            return refusal;
        }

        _loop.Connected($"{hub.DeviceId} at {hub.HostName}");
        var since = _time.GetTimestamp();
        var ending = await EndOfAsync(session, hub, stopping).ConfigureAwait(false);
        await session.CloseAsync().ConfigureAwait(false);
        var another = _takeovers.Ended(ending.Failure == HubFailure.Closed && session.EndedInOrder, _time.GetElapsedTime(since));
        return another && ending.Failure == HubFailure.Closed ? (HubFailure.DuplicateIdentity, "") : ending;
    }

    private async Task<(HubFailure Failure, string Detail)> OpenAsync(HubSession session, CancellationToken stopping)
    {
        try
        {
            var refusal = await session.OpenAsync(_options, _mailbox is not null, stopping).ConfigureAwait(false);
            _enrolment.Ended(refusal);
            return (refusal, "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var failure = ConnectFailure.Of(exception);
            _enrolment.Ended(failure);
            _transport.NotReached(failure);
            return (failure, exception.GetBaseException().Message);
        }
    }

    private async Task<(HubFailure Failure, string Detail)> EndOfAsync(HubSession session, HubConnectionString hub, CancellationToken stopping)
    {
        try
        {
            return (await Conversation(session, hub).RunAsync(stopping).ConfigureAwait(false), "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (ConnectFailure.Of(exception), exception.GetBaseException().Message);
        }
    }

    private HubConversation Conversation(HubSession session, HubConnectionString hub)
    {
        _twin.Forget();
        _mailbox?.Clear();
        var talk = new TwinTalk(session, _twin, _time, _logger) { DesiredChanged = desired => DesiredChanged?.Invoke(desired) };
        return new HubConversation(session, _options, hub, _pump, talk, _methods, _mailbox, _logger);
    }

    private void Count(TelemetryMessage message)
    {
        Interlocked.Increment(ref _sent);
        Taken?.Invoke(message);
    }

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Warning, "hub: '{Key}' is not reported: {Reason}")]
        public static partial void NotReported(ILogger logger, string key, string reason);
    }
}
