using System.IO.Pipelines;
using System.Net;
using EdgeVision.Cloud.Provisioning;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Stands before the MQTT servers, because they have no limit of their own: they buffer whatever a packet declares, before anybody has proved who they are.</summary>
/// <remarks>
/// Reads the CONNECT without taking it, so that it decides who serves the connection: the hub, or the provisioning service that shares its port.
/// It serves plain TLS and WebSockets alike.
/// </remarks>
internal sealed partial class PacketGate(
    MqttHub hub, ProvisioningServer provisioning, Strangers strangers, RefusalPace pace, TimeProvider time, ILogger<PacketGate> logger)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    /// <summary>The hub waits no longer than this for a silent device, whatever the device would like.</summary>
    private const int MaxSilenceSeconds = 1767;

    public async Task ServeAsync(ConnectionContext connection)
    {
        // Inside a WebSocket the connection itself does not know where it comes from.
        connection.RemoteEndPoint ??= connection.GetHttpContext() is { Connection: { RemoteIpAddress: { } address } peer } ? new IPEndPoint(address, peer.RemotePort) : null;
        try
        {
            var (verdict, connect) = strangers.Enter(connection.RemoteEndPoint) ? await ReadConnectAsync(connection.Transport.Input) : (PacketVerdict.TooManyStrangers, null);
            if (verdict != PacketVerdict.Pass)
            {
                await RefuseAsync(connection, verdict);
                return;
            }

            await ServeAsync(connection, connect!);
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException)
        {
            // It has gone before it said anything.
        }
        finally
        {
            strangers.Leave(connection.RemoteEndPoint);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectPacket connect)
    {
        var open = connection.Transport;
        using var input = new GatedReader(open.Input, Silence(connect.KeepAliveSeconds), time, verdict => RefuseAsync(connection, verdict));
        connection.Transport = new Gated(input, open.Output);
        try
        {
            await (ProvisioningServer.IsFor(connect.UserName) ? provisioning.ServeAsync(connection) : hub.ServeAsync(connection));
        }
        finally
        {
            connection.Transport = open;
        }
    }

    /// <summary>Example: 60 s of keep-alive are 90 s, 0 and 1200 s are 1767 s.</summary>
    internal static TimeSpan Silence(int keepAliveSeconds) =>
        TimeSpan.FromSeconds(keepAliveSeconds == 0 ? MaxSilenceSeconds : Math.Min(keepAliveSeconds * 1.5, MaxSilenceSeconds));

    private async Task<(PacketVerdict Verdict, ConnectPacket? Connect)> ReadConnectAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(ConnectPatience, time);
        var walker = new PacketWalker();
        long walked = 0;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(patience.Token);
                var verdict = walker.Feed(read.Buffer.Slice(walked), onlyFirst: true);
                walked = read.Buffer.Length;
                ConnectPacket? connect = null;
                verdict = verdict == PacketVerdict.Pass && walker.HasFirst ? ConnectPacket.Read(read.Buffer, out connect) : verdict;
                var isDecided = verdict != PacketVerdict.Pass || connect is not null;
                // Nothing is consumed, and after the decision nothing counts as seen: the MQTT server gets all of it.
                input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
                if (isDecided)
                {
                    return (verdict, connect);
                }

                if (read.IsCompleted)
                {
                    throw new ConnectionAbortedException("closed before CONNECT");
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (PacketVerdict.Silent, null);
        }
    }

    private async ValueTask<Exception> RefuseAsync(ConnectionContext connection, PacketVerdict verdict)
    {
        Log.Refused(logger, pace.LevelOf(connection.RemoteEndPoint, verdict.ToString()), connection.RemoteEndPoint, verdict);
        var reason = new ConnectionAbortedException($"MQTT: {verdict}");
        if (Connack(verdict) is { } code)
        {
            await connection.Transport.Output.WriteAsync(new byte[] { 0x20, 2, 0, code });
        }
        else
        {
            connection.Abort(reason);
        }

        return reason;
    }

    /// <returns>Null where the connection is just closed.</returns>
    private static byte? Connack(PacketVerdict verdict) => verdict switch
    {
        PacketVerdict.UnsupportedLevel => 1,
        PacketVerdict.NoClientId or PacketVerdict.BadWill => 5,
        _ => null,
    };

    private sealed record Gated(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static partial class Log
    {
        [LoggerMessage(EventId = 8100, Message = "{Peer}: closed, {Verdict}")]
        public static partial void Refused(ILogger logger, LogLevel level, EndPoint? peer, PacketVerdict verdict);
    }
}
