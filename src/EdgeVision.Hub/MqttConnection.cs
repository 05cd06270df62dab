using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;

namespace EdgeVision.Hub;

/// <summary>One MQTT connection, from CONNECT to its end; never reused, because a client that has failed keeps state that nobody can see.</summary>
/// <remarks>
/// What comes in is only queued (<see cref="Inbound"/>), because a slow handler would hold up everything behind it. Silence counts from the last packet of the
/// other end of any kind: the library's own keep-alive does not notice a dead peer while the device goes on sending. Any thread.
/// </remarks>
/// <typeparam name="TInbound">What a message is read to.</typeparam>
internal sealed class MqttConnection<TInbound> : IAsyncDisposable
    where TInbound : class
{
    /// <summary>Far more than a device is ever asked at once: what is beyond is a flood, and memory is bounded.</summary>
    private const int InboundDepth = 1024;

    private static readonly TimeSpan CloseLook = TimeSpan.FromSeconds(1);
    private readonly IMqttClient _client;
    private readonly Channel<TInbound> _inbound = Channel.CreateBounded<TInbound>(new BoundedChannelOptions(InboundDepth) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<MqttApplicationMessageReceivedEventArgs, TInbound?> _read;
    private readonly TimeProvider _time;
    private readonly MqttChannel _channel;
    private long _lastPacket;

    /// <param name="read">Copies what is wanted of a message, and decides how it is acknowledged; null drops it.</param>
    /// <param name="time">Monotonic time.</param>
    /// <param name="channel">Makes the connection; closed with this.</param>
    public MqttConnection(Func<MqttApplicationMessageReceivedEventArgs, TInbound?> read, TimeProvider time, MqttChannel channel)
    {
        (_read, _time, _channel) = (read, time, channel);
        _client = new MqttClientFactory().CreateMqttClient(new MqttChannelFactory(channel));
        _lastPacket = time.GetTimestamp();
        _client.InspectPacketAsync += Inspect;
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += Disconnected;
    }

    /// <summary>How long the other end may take for any answer.</summary>
    public static TimeSpan AnswerLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends with the connection.</summary>
    public ChannelReader<TInbound> Inbound => _inbound.Reader;

    /// <summary>Whether CONNECT was sent: before it, TCP or TLS did not come about.</summary>
    public bool Spoke { get; private set; }

    private TimeSpan SilentFor => _time.GetElapsedTime(Volatile.Read(ref _lastPacket));

    public Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken) =>
        InTimeAsync(limit => _client.ConnectAsync(options, limit), cancellationToken);

    public Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken) =>
        InTimeAsync(limit => _client.SubscribeAsync(options, limit), cancellationToken);

    /// <summary>Sends and waits until the other end has taken it, or said why not.</summary>
    public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken) =>
        InTimeAsync(limit => _client.PublishAsync(message, limit), cancellationToken);

    /// <summary>Says goodbye, so that the other end does not take it for a failure.</summary>
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
        _channel.Dispose();
        _inbound.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Looks once a second whether the other end still says anything.</summary>
    /// <returns>TimedOut after a silence of 1.5 times the keep-alive; None when the life is over.</returns>
    public async Task<HubFailure> WatchAsync(double keepAliveSeconds, TimeSpan life, CancellationToken ending)
    {
        var since = _time.GetTimestamp();
        while (_time.GetElapsedTime(since) < life)
        {
            await Task.Delay(CloseLook, _time, ending).ConfigureAwait(false);
            if (SilentFor.TotalSeconds > keepAliveSeconds * 1.5)
            {
                return HubFailure.TimedOut;
            }
        }

        return HubFailure.None;
    }

    /// <summary>After <see cref="Inbound"/> has ended: the library gives up on a silent peer too, and calls it closed.</summary>
    public HubFailure HowItEnded(double keepAliveSeconds) => SilentFor.TotalSeconds >= keepAliveSeconds ? HubFailure.TimedOut : HubFailure.Closed;

    /// <exception cref="TimeoutException">There was no answer; whatever the library calls that, which may be a closed connection.</exception>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(AnswerLimit, _time, cancellationToken);
        try
        {
            return await ask(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (limit.HasPassed && exception is not OutOfMemoryException)
        {
            throw new TimeoutException($"no answer within {AnswerLimit.TotalSeconds} s", exception);
        }
    }

    private Task Inspect(InspectMqttPacketEventArgs packet)
    {
        if (packet.Direction == MqttPacketFlowDirection.Inbound)
        {
            Volatile.Write(ref _lastPacket, _time.GetTimestamp());
        }
        else
        {
            Spoke = true;
        }

        return Task.CompletedTask;
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        if (_read(received) is { } inbound)
        {
            _inbound.Writer.TryWrite(inbound);
        }

        return Task.CompletedTask;
    }

    private Task Disconnected(MqttClientDisconnectedEventArgs gone)
    {
        _inbound.Writer.TryComplete();
        return Task.CompletedTask;
    }
}
