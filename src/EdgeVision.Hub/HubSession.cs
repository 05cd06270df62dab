using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeVision.Hub;

/// <summary>One connection to the hub in the hub's own words: who the device is, what it subscribes to, questions and their answers. Any thread.</summary>
internal sealed class HubSession(HubConnectionString hub, TimeProvider time) : IAsyncDisposable
{
    private const string ApiVersion = "2021-04-12";
    private readonly MqttConnection<HubInbound> _connection = new(message => new HubInbound(HubTopic.Parse(message.Topic), message.Payload.ToArray()), time);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HubInbound>> _asked = new();
    private int _requestId;

    /// <inheritdoc cref="MqttConnection{T}.Inbound"/>
    public ChannelReader<HubInbound> Inbound => _connection.Inbound;

    /// <inheritdoc cref="MqttConnection{T}.HowItEnded"/>
    public HubFailure HowItEnded(double keepAliveSeconds) => _connection.HowItEnded(keepAliveSeconds);

    /// <inheritdoc cref="MqttConnection{T}.WatchAsync"/>
    public Task<HubFailure> WatchAsync(double keepAliveSeconds, TimeSpan life, CancellationToken ending) => _connection.WatchAsync(keepAliveSeconds, life, ending);

    /// <summary>CONNECT and the subscriptions.</summary>
    /// <returns>None when the hub accepted.</returns>
    public async Task<HubFailure> OpenAsync(HubOptions options, X509Certificate2Collection authorities, CancellationToken cancellationToken)
    {
        var answer = await _connection.ConnectAsync(OptionsFor(options, authorities), cancellationToken).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            return answer.ResultCode is MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy ? HubFailure.Unreachable : HubFailure.Unauthorized;
        }

        var subscriptions = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(HubTopic.TwinResponseFilter)
            .WithTopicFilter(HubTopic.TwinDesiredFilter)
            .WithTopicFilter(HubTopic.MethodFilter)
            .Build();
        await _connection.SubscribeAsync(subscriptions, cancellationToken).ConfigureAwait(false);
        return HubFailure.None;
    }

    /// <summary>Sends and waits until the hub has taken it.</summary>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var answer = await _connection.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw new HubException($"{hub.HostName} did not take a message: {answer.ReasonCode}");
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
            return await asked.Task.WaitAsync(MqttConnection<HubInbound>.AnswerLimit, time, cancellationToken).ConfigureAwait(false);
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

    /// <inheritdoc cref="MqttConnection{T}.CloseAsync"/>
    public Task CloseAsync() => _connection.CloseAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private MqttClientOptions OptionsFor(HubOptions options, X509Certificate2Collection authorities)
    {
        var user = $"{hub.HostName}/{hub.DeviceId}/?api-version={ApiVersion}&DeviceClientType={Uri.EscapeDataString(options.ProductInfo)}";
        var token = SasToken.Create($"{hub.HostName}/devices/{hub.DeviceId}", hub.SharedAccessKey, time.GetUtcNow().AddMinutes(options.TokenMinutes));
        return new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311)
            .WithClientId(hub.DeviceId)
            .WithCredentials(user, token)
            .WithCleanSession(false)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(options.KeepAliveSeconds))
            .WithTimeout(MqttConnection<HubInbound>.AnswerLimit)
            .WithTcpServer(hub.Host, hub.Port)
            .WithTlsOptions(tls => MqttTls.Use(tls, authorities))
            .Build();
    }
}
