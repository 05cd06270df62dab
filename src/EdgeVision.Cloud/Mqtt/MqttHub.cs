using EdgeVision.Cloud.Faults;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;
using Microsoft.AspNetCore.Connections;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>The device side of the hub: who gets in, what each packet is handed to, when a connection ends.</summary>
internal sealed partial class MqttHub(
    Authenticator authenticator, DeviceRegistry devices, DeviceConnections connections, Subscriptions subscriptions, Strangers strangers, DevicePublishes publishes,
    MessageDesk messages, NoticeStore notices, TelemetryIntake telemetry, Throttle throttle, FaultInjector faults, ConnectionDiary diary, HubCounters counters, RefusalPace pace,
    TimeProvider time, ILogger<MqttHub> logger) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10), SweepInterval = TimeSpan.FromSeconds(1), TrimInterval = TimeSpan.FromMinutes(1);
    private readonly MqttConnectionHandler _handler = new();
    private readonly CancellationTokenSource _stopping = new();
    private MqttServer? _server;
    private Task _sweeping = Task.CompletedTask;

    public async Task StartAsync()
    {
        var options = new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithDefaultCommunicationTimeout(ConnectPatience).Build();
        _server = new MqttServerFactory().CreateMqttServer(options, [_handler], MqttNetNullLogger.Instance);
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.ClientConnectedAsync += ConnectedAsync;
        _server.ClientDisconnectedAsync += Disconnected;
        _server.InterceptingSubscriptionAsync += subscriptions.Subscribe;
        _server.InterceptingUnsubscriptionAsync += subscriptions.Unsubscribe;
        _server.InterceptingInboundPacketAsync += Receiving;
        _server.InterceptingOutboundPacketAsync += Sending;
        _server.InterceptingPublishAsync += publishes.HandleAsync;
        _server.ClientAcknowledgedPublishPacketAsync += Acknowledged;
        connections.Attach(_server);
        telemetry.Start();
        diary.Start();
        await _server.StartAsync();
        _sweeping = SweepAsync();
    }

    /// <summary>Serves a connection until it ends.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        try
        {
            await _handler.OnConnectedAsync(connection);
        }
        finally
        {
            connections.Forget(connection.RemoteEndPoint!);
        }
    }

    /// <summary>Closes every connection, and stores what has been taken in.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _sweeping;
        await _server!.StopAsync(new MqttServerStopOptions());
        await telemetry.StopAsync();
        await diary.StopAsync();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _handler.Dispose();
        _stopping.Dispose();
    }

    private async Task ValidateAsync(ValidatingConnectionEventArgs connect)
    {
        var refusal = authenticator.CheckDevice(connect.ClientId, connect.UserName, connect.Password, connect.ClientCertificate, out var device, out var expires);
        if (refusal == ConnectRefusal.None && (await throttle.WaitAsync(ThrottledOperation.Connect) is not null || await faults.RefusesConnectAsync(connect.ClientId)))
        {
            refusal = ConnectRefusal.Throttled;
        }

        if (refusal != ConnectRefusal.None || device is null)
        {
            counters.Refused(refusal.ToString());
            Log.Refused(logger, pace.LevelOf(connect.RemoteEndPoint, refusal.ToString()), connect.ClientId, connect.RemoteEndPoint, refusal);
            diary.Add(connect.ClientId, CodeOf(refusal), $"refused, {refusal}");
            connect.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            return;
        }

        // As it was checked, not as it may be by now: whatever changed meanwhile is seen when the connection stands.
        connections.Admit(device, connect.RemoteEndPoint, expires);
        subscriptions.Restore(connect.ClientId, connect.CleanSession ?? true, connect.SessionItems);
    }

    private async Task ConnectedAsync(ClientConnectedEventArgs connected)
    {
        strangers.Leave(connected.RemoteEndPoint);
        messages.ConnectionEnded(connected.ClientId); // the one before
        var admitted = connections.Opened(connected.ClientId, connected.RemoteEndPoint);
        // Asked again, because the device may have been disabled between the check and the moment from which it can be closed.
        if (admitted is null || devices.Find(connected.ClientId) != admitted)
        {
            await connections.CloseAsync(connected.ClientId);
            return;
        }

        counters.Connects.Increment();
        Log.Connected(logger, connected.ClientId, connected.RemoteEndPoint);
        diary.Add(connected.ClientId, 0, "connected");
        await messages.DeliverAsync(connected.ClientId); // one that came back to its session listens already
    }

    private Task Disconnected(ClientDisconnectedEventArgs disconnected)
    {
        var isLast = connections.Closed(disconnected.ClientId, disconnected.RemoteEndPoint);
        if (isLast)
        {
            messages.ConnectionEnded(disconnected.ClientId);
        }

        var (code, reason) = disconnected.DisconnectType switch
        {
            MqttClientDisconnectType.Takeover => (400027, "closed, the same device connected anew"),
            MqttClientDisconnectType.Clean => (0, "disconnected"),
            _ => (404104, "connection ended without a DISCONNECT"),
        };
        Log.Disconnected(logger, disconnected.ClientId, code, reason);
        diary.Add(disconnected.ClientId, code, reason);
        return Task.CompletedTask;
    }

    private Task Receiving(InterceptingPacketEventArgs packet)
    {
        packet.ProcessPacket = faults.Active(packet.ClientId) != FaultKind.BlackHole;
        DevicePublishes.MarkSent(packet);
        return Task.CompletedTask;
    }

    private async Task Sending(InterceptingPacketEventArgs sending)
    {
        switch (sending.Packet)
        {
            case MqttConnAckPacket connack when Subscriptions.IsRestored(sending.SessionItems):
                connack.IsSessionPresent = true;
                break;
            case not MqttConnAckPacket when faults.Active(sending.ClientId) == FaultKind.BlackHole:
                sending.ProcessPacket = false;
                break;
            case MqttPublishPacket publish when messages.IsStale(sending.ClientId, publish):
                sending.ProcessPacket = false;
                break;
            case MqttSubAckPacket when sending.SessionItems.Contains(HubTopic.DeviceBoundFilter(sending.ClientId)):
                // Now, because whatever is handed over from here on comes after the SUBACK.
                await messages.DeliverAsync(sending.ClientId);
                break;
        }
    }

    private Task Acknowledged(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        messages.Acknowledged(acknowledged.PublishPacket);
        return Task.CompletedTask;
    }

    private async Task SweepAsync()
    {
        using var clock = new PeriodicTimer(SweepInterval, time);
        var trimmed = time.GetTimestamp();
        try
        {
            while (await clock.WaitForNextTickAsync(_stopping.Token))
            {
                var isTrimTime = time.GetElapsedTime(trimmed) > TrimInterval;
                trimmed = isTrimTime ? time.GetTimestamp() : trimmed;
                await SweepOnceAsync(isTrimTime);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task SweepOnceAsync(bool trims)
    {
        try
        {
            foreach (var device in connections.Expired())
            {
                Log.Expired(logger, device);
                diary.Add(device, 401003, "closed, its token or certificate has expired");
                await connections.DropAsync(device);
            }

            await messages.SweepAsync();
            if (trims)
            {
                notices.Trim();
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            Log.NotSwept(logger, exception.Message); // tried again in a second
        }
    }

    private static int CodeOf(ConnectRefusal refusal) => refusal switch
    {
        ConnectRefusal.UnknownDevice => 404001,
        ConnectRefusal.Throttled => 429001,
        ConnectRefusal.Expired or ConnectRefusal.WrongKey => 401003,
        _ => 401002,
    };

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Information, "{Device}: connected from {Peer}")]
        public static partial void Connected(ILogger logger, string device, System.Net.EndPoint peer);

        [LoggerMessage(8001, LogLevel.Information, "{Device}: {Reason} ({Code})")]
        public static partial void Disconnected(ILogger logger, string device, int code, string reason);

        [LoggerMessage(EventId = 8002, Message = "{Device}: refused, {Refusal} (from {Peer})")]
        public static partial void Refused(ILogger logger, LogLevel level, string device, System.Net.EndPoint peer, ConnectRefusal refusal);

        [LoggerMessage(8005, LogLevel.Information, "{Device}: closed, its token or certificate has expired")]
        public static partial void Expired(ILogger logger, string device);

        [LoggerMessage(8006, LogLevel.Error, "The database could not be swept: {Reason}")]
        public static partial void NotSwept(ILogger logger, string reason);
    }
}
