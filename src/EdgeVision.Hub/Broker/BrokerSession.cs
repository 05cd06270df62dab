using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeVision.Hub;

/// <summary>One connection to a plain broker: CONNECT with the last will, the subscriptions, and messages with or without MQTT 5's properties. Any thread.</summary>
internal sealed class BrokerSession(BrokerOptions options, BrokerLogin login, BrokerProtocol protocol, TimeProvider time, bool lastWill = true) : IAsyncDisposable
{
    public const string Online = "online", Offline = "offline", Json = "application/json";

    /// <summary>"Unacceptable protocol version" as brokers before MQTT 5 say it: the library passes the number on as it came.</summary>
    private const MqttClientConnectResultCode RefusedBefore5 = (MqttClientConnectResultCode)1;

    /// <summary>Properties of a message beside its topic and body: more than ours ever need.</summary>
    private const int EnvelopeBytes = 1024;

    /// <summary>Answers to commands, and one each of state and discovery.</summary>
    private const int Beside = CommandDesk.MostAtOnce + 2;

    private readonly MqttConnection<BrokerInbound> _connection = new(received => BrokerInbound.Of(received.ApplicationMessage), time, ChannelTo(options, login));
    private SemaphoreSlim _onTheirWay = new(1);
    private uint _mostBytes;

    /// <inheritdoc cref="MqttConnection{T}.Inbound"/>
    public ChannelReader<BrokerInbound> Inbound => _connection.Inbound;

    /// <summary>Whether a message has properties beside topic and body.</summary>
    public bool HasProperties => protocol == BrokerProtocol.V5;

    /// <summary>Telemetry that may be on its way at once: what the broker allows (MQTT 5, receive maximum), less what answers and documents may need beside it.</summary>
    public int Window { get; private set; } = 1;

    /// <summary>The broker speaks, but not this protocol.</summary>
    public bool ProtocolRefused { get; private set; }

    /// <summary>A message that the broker acknowledges.</summary>
    public static MqttApplicationMessage Message(string topic, byte[] payload) => new() { Topic = topic, PayloadSegment = payload, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };

    /// <inheritdoc cref="MqttConnection{T}.WatchAsync"/>
    public Task<HubFailure> WatchAsync(CancellationToken ending) => _connection.WatchAsync(options.KeepAliveSeconds, TimeSpan.MaxValue, ending);

    /// <inheritdoc cref="MqttConnection{T}.HowItEnded"/>
    public HubFailure HowItEnded() => _connection.HowItEnded(options.KeepAliveSeconds);

    /// <summary>CONNECT.</summary>
    /// <returns>None when the broker accepted; a detail where it said more.</returns>
    public async Task<(HubFailure Failure, string Detail)> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _connection.ConnectAsync(ConnectOptions(), cancellationToken).ConfigureAwait(false);
            ProtocolRefused = answer.ResultCode is MqttClientConnectResultCode.UnsupportedProtocolVersion or RefusedBefore5;
            Limit(answer);
            return Judge(answer);
        }
        catch (Exception exception) when (options.Tls && !_connection.Spoke && ConnectFailure.Of(exception) == HubFailure.Closed)
        {
            return (HubFailure.NotTls, "");
        }
    }

    /// <returns>The filters that the broker refuses.</returns>
    public async Task<IReadOnlyList<string>> SubscribeAsync(IEnumerable<string> filters, CancellationToken cancellationToken)
    {
        var subscriptions = new MqttClientSubscribeOptions { TopicFilters = [.. filters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce })] };
        var answer = await _connection.SubscribeAsync(subscriptions, cancellationToken).ConfigureAwait(false);
        return [.. answer.Items.Where(item => (int)item.ResultCode >= 0x80).Select(item => item.TopicFilter.Topic)];
    }

    /// <summary>Sends and waits until the broker has taken it.</summary>
    /// <returns>Null, or why the broker will never take this message.</returns>
    /// <exception cref="HubException">The broker does not take messages now.</exception>
    public async Task<string?> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        if (message.Payload.Length + message.Topic.Length + EnvelopeBytes > _mostBytes)
        {
            return $"its {message.Payload.Length} bytes are more than the {_mostBytes} that the broker takes";
        }

        await _onTheirWay.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Judge(await _connection.PublishAsync(message, cancellationToken).ConfigureAwait(false), message.Topic);
        }
        finally
        {
            _onTheirWay.Release();
        }
    }

    /// <summary>Publishes what shall lie at the broker for whoever comes later; an empty payload takes it away.</summary>
    public Task<string?> RetainAsync(string topic, byte[] payload, CancellationToken cancellationToken)
    {
        var message = Message(topic, payload);
        message.Retain = true;
        return PublishAsync(message, cancellationToken);
    }

    /// <inheritdoc cref="MqttConnection{T}.CloseAsync"/>
    public Task CloseAsync() => _connection.CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _onTheirWay.Dispose();
    }

    private static string? Judge(MqttClientPublishResult answer, string topic) => answer.ReasonCode switch
    {
        _ when answer.IsSuccess => null,
        MqttClientPublishReasonCode.NotAuthorized => throw new HubException($"not allowed to write to {topic}") { Failure = HubFailure.Unauthorized },
        MqttClientPublishReasonCode.TopicNameInvalid or MqttClientPublishReasonCode.PayloadFormatInvalid => $"the broker calls it {answer.ReasonCode}",
        _ => throw new HubException($"did not take a message: {answer.ReasonCode}"),
    };

    private static (HubFailure Failure, string Detail) Judge(MqttClientConnectResult answer) => answer.ResultCode switch
    {
        MqttClientConnectResultCode.Success when !answer.RetainAvailable => (HubFailure.Unauthorized, "this broker keeps no retained messages, which status and state need"),
        MqttClientConnectResultCode.Success => (HubFailure.None, ""),
        MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy => (HubFailure.Unreachable, answer.ResultCode.ToString()),
        var refused => (HubFailure.Unauthorized, refused.ToString()),
    };

    private void Limit(MqttClientConnectResult answer)
    {
        // the library says 0 where the broker set no limit
        _mostBytes = answer.MaximumPacketSize is > 0 and var most ? most : uint.MaxValue;
        var atOnce = answer.ReceiveMaximum is > 0 and var maximum ? maximum : ushort.MaxValue;
        Window = Math.Max(1, atOnce - Beside);
        _onTheirWay.Dispose();
        _onTheirWay = new SemaphoreSlim(atOnce);
    }

    private static MqttChannel ChannelTo(BrokerOptions options, BrokerLogin login) => new(
        cancellationToken => TcpRoute.OpenAsync(options.Host, options.EffectivePort, options.Tls ? HubTls.OptionsFor(options.Host, login.Authorities, login.Certificate) : null, cancellationToken), options.Tls);

    private MqttClientOptions ConnectOptions()
    {
        var connect = new MqttClientOptionsBuilder()
            .WithProtocolVersion(protocol == BrokerProtocol.V5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId(options.EffectiveClientId)
            // nothing is kept for a device that is away: a command is meant for now, and what is desired lies retained
            .WithCleanSession()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(options.KeepAliveSeconds))
            .WithTimeout(MqttConnection<BrokerInbound>.AnswerLimit)
            .WithTcpServer("the channel knows where"); // the library wants to be told something
        if (lastWill)
        {
            connect.WithWillTopic(options.Topics.StatusTopic).WithWillPayload(Offline).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (login.User is not null)
        {
            connect.WithCredentials(login.User, login.Password);
        }

        if (protocol == BrokerProtocol.V5)
        {
            connect.WithMaximumPacketSize(2 * BrokerInbound.MostBytes);
        }

        return connect.Build();
    }
}
