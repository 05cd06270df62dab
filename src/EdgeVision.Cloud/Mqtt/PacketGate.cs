using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Stands between TLS and the MQTT server, because that server has no limit of its own: it buffers whatever a packet declares, before anybody has proved who they are.</summary>
internal sealed partial class PacketGate(ILogger<PacketGate> logger)
{
    private static readonly byte[] ConnackUnsupportedLevel = [0x20, 2, 0, 1];

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var open = connection.Transport;
        connection.Transport = new Gated(new GatedReader(open.Input, verdict => RefuseAsync(connection, verdict)), open.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = open;
        }
    };

    private async ValueTask<Exception> RefuseAsync(ConnectionContext connection, PacketVerdict verdict)
    {
        Log.Refused(logger, connection.RemoteEndPoint, verdict);
        var reason = new ConnectionAbortedException($"MQTT: {verdict}");
        if (verdict == PacketVerdict.UnsupportedLevel)
        {
            // The only refusal that MQTT lets us explain before the CONNECT is understood.
            await connection.Transport.Output.WriteAsync(ConnackUnsupportedLevel);
        }
        else
        {
            connection.Abort(reason);
        }

        return reason;
    }

    private sealed record Gated(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static partial class Log
    {
        [LoggerMessage(8100, LogLevel.Warning, "{Peer}: closed, {Verdict}")]
        public static partial void Refused(ILogger logger, System.Net.EndPoint? peer, PacketVerdict verdict);
    }
}
