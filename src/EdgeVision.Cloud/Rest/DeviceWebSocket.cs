using EdgeVision.Cloud.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;

namespace EdgeVision.Cloud.Rest;

/// <summary>MQTT inside WebSockets, for devices that may use nothing but HTTPS: <c>wss://{host}/$iothub/websocket</c>, subprotocol mqtt.</summary>
internal static class DeviceWebSocket
{
    private const string Path = "/$iothub/websocket", Protocol = "mqtt";

    public static bool IsPath(PathString path) => path == Path;

    public static void MapDeviceWebSocket(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<PacketGate>();
        var options = new HttpConnectionDispatcherOptions { Transports = HttpTransportType.WebSockets };
        options.WebSockets.SubProtocolSelector = offered => offered.Contains(Protocol) ? Protocol : null!;
        app.MapConnections(Path, options, connection => connection.Run(gate.ServeAsync));
    }
}
