using System.Buffers;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>The device side of the hub: who gets in, what each packet means, when a connection ends.</summary>
/// <remarks>
/// Nothing is ever routed from device to device: every publish is handled here and goes no further. The packets of one device come one after the other, those of different devices at once.
/// </remarks>
internal sealed partial class MqttHub(
    MqttConnectionHandler handler, Authenticator authenticator, DeviceRegistry devices, DeviceConnections connections,
    TelemetryIntake telemetry, TwinDesk twins, MethodDesk methods, HubCounters counters, TimeProvider time, ILogger<MqttHub> logger) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10), SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Marks, in a session, a publish that a device sent just now; a last will comes without.</summary>
    private static readonly object Sent = new();
    private readonly CancellationTokenSource _stopping = new();
    private MqttServer? _server;
    private Task _sweeping = Task.CompletedTask;

    public async Task StartAsync()
    {
        var options = new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithPersistentSessions().WithDefaultCommunicationTimeout(ConnectPatience).Build();
        _server = new MqttServerFactory().CreateMqttServer(options, [handler], MqttNetNullLogger.Instance);
        _server.ValidatingConnectionAsync += Validate;
        _server.ClientConnectedAsync += ConnectedAsync;
        _server.ClientDisconnectedAsync += Disconnected;
        _server.InterceptingSubscriptionAsync += SubscriptionRules.Subscribe;
        _server.InterceptingUnsubscriptionAsync += SubscriptionRules.Unsubscribe;
        _server.InterceptingInboundPacketAsync += MarkSent;
        _server.InterceptingPublishAsync += PublishAsync;
        connections.Attach(_server);
        telemetry.Start();
        await _server.StartAsync();
        _sweeping = SweepAsync();
    }

    /// <summary>Closes every connection, and stores what has been taken in.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _sweeping;
        await _server!.StopAsync(new MqttServerStopOptions());
        await telemetry.StopAsync();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _stopping.Dispose();
    }

    private Task Validate(ValidatingConnectionEventArgs connect)
    {
        var refusal = authenticator.CheckDevice(connect.ClientId, connect.UserName, connect.Password, out _);
        if (refusal != ConnectRefusal.None)
        {
            counters.Refused(refusal.ToString());
            Log.Refused(logger, connect.ClientId, connect.RemoteEndPoint, refusal);
            connect.ReasonCode = MqttConnectReasonCode.NotAuthorized;
        }

        return Task.CompletedTask;
    }

    private async Task ConnectedAsync(ClientConnectedEventArgs connected)
    {
        // Asked again, because the device may have been disabled between the check and the moment from which it can be closed.
        var refusal = authenticator.CheckDevice(connected.ClientId, connected.UserName, connected.Password, out var expires);
        connections.Opened(connected.ClientId, connected.RemoteEndPoint, expires);
        if (refusal != ConnectRefusal.None)
        {
            await connections.CloseAsync(connected.ClientId);
            return;
        }

        counters.Connects.Increment();
        Log.Connected(logger, connected.ClientId, connected.RemoteEndPoint);
    }

    private Task Disconnected(ClientDisconnectedEventArgs disconnected)
    {
        connections.Closed(disconnected.ClientId, disconnected.RemoteEndPoint);
        Log.Disconnected(logger, disconnected.ClientId, disconnected.DisconnectType);
        return Task.CompletedTask;
    }

    private Task MarkSent(InterceptingPacketEventArgs packet)
    {
        if (packet.Packet is MqttPublishPacket)
        {
            packet.SessionItems[Sent] = true;
        }

        return Task.CompletedTask;
    }

    private async Task PublishAsync(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        var isWill = !publish.SessionItems.Contains(Sent);
        publish.SessionItems.Remove(Sent);
        try
        {
            if (publish.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce || !await HandleAsync(publish, isWill))
            {
                Log.BadPublish(logger, publish.ClientId, publish.ApplicationMessage.Topic, publish.ApplicationMessage.QualityOfServiceLevel, publish.ApplicationMessage.Payload.Length);
                publish.CloseConnection = true;
            }
        }
        catch (Exception exception)
        {
            // Whatever it was: without an acknowledgement the device keeps the message and sends it again. The MQTT server itself would not say a word.
            Log.Failed(logger, publish.ClientId, exception.Message);
            publish.CloseConnection = true;
        }
    }

    /// <returns>False for what a device may not publish.</returns>
    private async Task<bool> HandleAsync(InterceptingPublishEventArgs publish, bool isWill)
    {
        var topic = HubTopic.Parse(publish.ApplicationMessage.Topic);
        var payload = publish.ApplicationMessage.Payload.ToArray();
        switch (topic.Kind)
        {
            case HubTopicKind.Telemetry when topic.DeviceId == publish.ClientId:
                return await TakeAsync(publish, topic, payload, isWill);
            case HubTopicKind.TwinGet when !isWill:
                await twins.AnswerGetAsync(publish.ClientId, topic.RequestId);
                return true;
            case HubTopicKind.TwinReport when !isWill:
                await twins.ReportAsync(publish.ClientId, topic.RequestId, payload);
                return true;
            case HubTopicKind.MethodResponse when !isWill:
                methods.Answer(publish.ClientId, topic.RequestId, topic.Status, payload);
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> TakeAsync(InterceptingPublishEventArgs publish, HubTopic topic, byte[] payload, bool isWill)
    {
        var bag = new Dictionary<string, string?>(topic.Properties, StringComparer.Ordinal);
        if (publish.ApplicationMessage.Retain)
        {
            bag["mqtt-retain"] = "true"; // retained messages are for brokers; the sender's wish is kept as a property
        }

        if (isWill)
        {
            bag["iothub-MessageType"] = "Will";
        }

        if (devices.Find(publish.ClientId) is not { } device || TelemetryParser.Parse(device, bag, payload, time.GetUtcNow()) is not { } message)
        {
            return false;
        }

        await telemetry.AcceptAsync(message, untilStored: publish.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce);
        return true;
    }

    private async Task SweepAsync()
    {
        using var clock = new PeriodicTimer(SweepInterval, time);
        try
        {
            while (await clock.WaitForNextTickAsync(_stopping.Token))
            {
                foreach (var device in connections.Expired())
                {
                    Log.Expired(logger, device);
                    await connections.DropAsync(device);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Information, "{Device}: connected from {Peer}")]
        public static partial void Connected(ILogger logger, string device, System.Net.EndPoint peer);

        [LoggerMessage(8001, LogLevel.Information, "{Device}: connection ended ({How})")]
        public static partial void Disconnected(ILogger logger, string device, MqttClientDisconnectType how);

        [LoggerMessage(8002, LogLevel.Warning, "{Device}: refused, {Refusal} (from {Peer})")]
        public static partial void Refused(ILogger logger, string device, System.Net.EndPoint peer, ConnectRefusal refusal);

        [LoggerMessage(8003, LogLevel.Warning, "{Device}: closed, a device may not publish '{Topic}' with {QualityOfService} and {Bytes} bytes")]
        public static partial void BadPublish(ILogger logger, string device, string topic, MqttQualityOfServiceLevel qualityOfService, long bytes);

        [LoggerMessage(8004, LogLevel.Error, "{Device}: closed, its message could not be handled: {Reason}")]
        public static partial void Failed(ILogger logger, string device, string reason);

        [LoggerMessage(8005, LogLevel.Information, "{Device}: closed, its token has expired")]
        public static partial void Expired(ILogger logger, string device);
    }
}
