using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeVision.Hub;

/// <summary>A connection to a hub or its provisioning service, in MQTT 3.1.1 over any transport. Never reused. Any thread.</summary>
internal sealed class MqttLink : IAsyncDisposable
{
    private readonly MqttChannel _channel;
    private readonly MqttConnection<HubInbound> _connection;

    public MqttLink(HubRoute route, TimeProvider time)
    {
        _channel = new MqttChannel(route.OpenAsync);
        _connection = new MqttConnection<HubInbound>(Read, time, _channel);
    }

    /// <inheritdoc cref="MqttConnection{T}.Inbound"/>
    public ChannelReader<HubInbound> Inbound => _connection.Inbound;

    /// <inheritdoc cref="MqttConnection{T}.HowItEnded"/>
    public HubFailure HowItEnded(double keepAliveSeconds) => _connection.HowItEnded(keepAliveSeconds);

    /// <inheritdoc cref="MqttConnection{T}.WatchAsync"/>
    public Task<HubFailure> WatchAsync(double keepAliveSeconds, TimeSpan life, CancellationToken ending) => _connection.WatchAsync(keepAliveSeconds, life, ending);

    /// <inheritdoc cref="MqttChannel.EndedInOrder"/>
    public bool EndedInOrder => _channel.EndedInOrder;

    /// <returns>None when the other side accepted.</returns>
    public async Task<HubFailure> ConnectAsync(MqttIdentity identity, double keepAliveSeconds, CancellationToken cancellationToken)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(identity.ClientId)
            .WithCredentials(identity.UserName, identity.Password)
            .WithCleanSession(identity.CleanSession)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(keepAliveSeconds))
            .WithTimeout(MqttConnection<HubInbound>.AnswerLimit)
            .WithTcpServer("the channel knows where") // the library wants to be told something
            .Build();
        var answer = await _connection.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        return answer.ResultCode switch
        {
            MqttClientConnectResultCode.Success => HubFailure.None,
            MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy => HubFailure.Busy,
            _ => HubFailure.Unauthorized,
        };
    }

    public async Task SubscribeAsync(IEnumerable<string> filters, CancellationToken cancellationToken)
    {
        var subscriptions = new MqttClientSubscribeOptions { TopicFilters = [.. filters.Select(Filter)] };
        await _connection.SubscribeAsync(subscriptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends and waits until the other side has taken it.</summary>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var answer = await _connection.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw new HubException($"the hub did not take a message: {answer.ReasonCode}");
        }
    }

    /// <inheritdoc cref="MqttConnection{T}.CloseAsync"/>
    public Task CloseAsync() => _connection.CloseAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static HubInbound Read(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        var topic = HubTopic.Parse(message.Topic);
        // The acknowledgement of a message from the cloud says that it was dealt with; of anything else that it came.
        received.AutoAcknowledge = topic.Kind != HubTopicKind.DeviceBound;
        return new HubInbound(topic, message.Payload.ToArray()) { AcknowledgeAsync = received.AcknowledgeAsync };
    }

    private static MqttTopicFilter Filter(string topic) => new() { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
}
