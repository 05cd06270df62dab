using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Protocol;

namespace EdgeVision.Hub;

/// <summary>One connection to the hub, from CONNECT to its end; never reused, because a client that has failed keeps state that nobody can see.</summary>
/// <remarks>
/// What comes in is only queued (<see cref="Inbound"/>), because a slow handler would hold up everything behind it. <see cref="SilentFor"/> counts from the last packet of the
/// hub of any kind: the library's own keep-alive does not notice a dead hub while the device goes on sending. Any thread.
/// </remarks>
internal sealed class HubSession : IAsyncDisposable
{
    private const string ApiVersion = "2021-04-12";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<HubInbound> _inbound = Channel.CreateUnbounded<HubInbound>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HubInbound>> _asked = new();
    private readonly HubConnectionString _hub;
    private readonly TimeProvider _time;
    private long _lastPacket;
    private int _requestId;

    public HubSession(HubConnectionString hub, TimeProvider time)
    {
        (_hub, _time) = (hub, time);
        _lastPacket = time.GetTimestamp();
        _client.InspectPacketAsync += Inspect;
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += Disconnected;
    }

    /// <summary>Ends with the connection.</summary>
    public ChannelReader<HubInbound> Inbound => _inbound.Reader;

    public TimeSpan SilentFor => _time.GetElapsedTime(Volatile.Read(ref _lastPacket));

    /// <summary>CONNECT and the subscriptions.</summary>
    /// <returns>None when the hub accepted.</returns>
    public async Task<HubFailure> OpenAsync(HubOptions options, X509Certificate2Collection authorities, CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        var answer = await _client.ConnectAsync(OptionsFor(options, authorities), limit.Token).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            return answer.ResultCode is MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy ? HubFailure.Unreachable : HubFailure.Unauthorized;
        }

        var subscriptions = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(HubTopic.TwinResponseFilter)
            .WithTopicFilter(HubTopic.TwinDesiredFilter)
            .WithTopicFilter(HubTopic.MethodFilter)
            .Build();
        await _client.SubscribeAsync(subscriptions, limit.Token).ConfigureAwait(false);
        return HubFailure.None;
    }

    /// <summary>Sends and waits until the hub has taken it.</summary>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var answer = await _client.PublishAsync(message, limit.Token).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw new HubException($"{_hub.HostName} did not take a message: {answer.ReasonCode}");
        }
    }

    /// <summary>Asks for or reports the twin, and waits for the answer.</summary>
    public async Task<HubInbound> AskAsync(Func<string, string> topic, byte[] payload, CancellationToken cancellationToken)
    {
        var requestId = Interlocked.Increment(ref _requestId).ToString(CultureInfo.InvariantCulture);
        var asked = _asked[requestId] = new TaskCompletionSource<HubInbound>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await PublishAsync(topic(requestId), payload, cancellationToken).ConfigureAwait(false);
            return await asked.Task.WaitAsync(AnswerLimit, _time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asked.TryRemove(requestId, out _);
        }
    }

    /// <summary>An answer to <see cref="AskAsync"/>; one that nobody waits for any more is dropped.</summary>
    public void Answer(HubInbound answer)
    {
        if (_asked.TryGetValue(answer.Topic.RequestId, out var asked))
        {
            asked.TrySetResult(answer);
        }
    }

    /// <summary>Says goodbye, so that the hub does not take it for a failure.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // it was gone already, or does not hear us any more; how the connection ended was judged before
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _inbound.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private static CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        return limit;
    }

    private MqttClientOptions OptionsFor(HubOptions options, X509Certificate2Collection authorities)
    {
        var user = $"{_hub.HostName}/{_hub.DeviceId}/?api-version={ApiVersion}&DeviceClientType={Uri.EscapeDataString(options.ProductInfo)}"
            + (options.ModelId is null ? "" : $"&model-id={Uri.EscapeDataString(options.ModelId)}");
        var token = SasToken.Create($"{_hub.HostName}/devices/{_hub.DeviceId}", _hub.SharedAccessKey, _time.GetUtcNow().AddMinutes(options.TokenMinutes));
        return new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311)
            .WithClientId(_hub.DeviceId)
            .WithCredentials(user, token)
            .WithCleanSession(false)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(options.KeepAliveSeconds))
            .WithTimeout(AnswerLimit)
            .WithTcpServer(_hub.Host, _hub.Port)
            .WithTlsOptions(tls => Tls(tls, authorities))
            .Build();
    }

    private static void Tls(MqttClientTlsOptionsBuilder tls, X509Certificate2Collection authorities)
    {
        tls.UseTls().WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13).WithRevocationMode(X509RevocationMode.NoCheck);
        if (authorities.Count > 0)
        {
            tls.WithTrustChain(authorities);
        }
    }

    private Task Inspect(InspectMqttPacketEventArgs packet)
    {
        if (packet.Direction == MqttPacketFlowDirection.Inbound)
        {
            Volatile.Write(ref _lastPacket, _time.GetTimestamp());
        }

        return Task.CompletedTask;
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        _inbound.Writer.TryWrite(new HubInbound(HubTopic.Parse(message.Topic), message.Payload.ToArray()));
        return Task.CompletedTask;
    }

    private Task Disconnected(MqttClientDisconnectedEventArgs gone)
    {
        _inbound.Writer.TryComplete();
        return Task.CompletedTask;
    }
}
