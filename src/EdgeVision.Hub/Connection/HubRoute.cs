using System.Net;
using System.Net.Security;
using System.Net.WebSockets;

namespace EdgeVision.Hub;

/// <summary>The way to one hub: a TLS stream that MQTT is spoken over, by TCP or inside a WebSocket.</summary>
/// <param name="Transport">Mqtt or WebSocket; the choice of Auto is made before.</param>
/// <param name="Proxy">For the WebSocket; null = none.</param>
internal sealed record HubRoute(HubEndpoint Endpoint, HubTransport Transport, SslClientAuthenticationOptions Tls, IWebProxy? Proxy)
{
    private const string WebSocketPath = "$iothub/websocket", SubProtocol = "mqtt";

    public Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        Transport == HubTransport.WebSocket ? WebSocketAsync(cancellationToken) : TcpRoute.OpenAsync(Endpoint.Host, Endpoint.MqttPort, Tls, cancellationToken);

    private async Task<Stream> WebSocketAsync(CancellationToken cancellationToken)
    {
        // Once it stands, the WebSocket owns its connection; the handler is needed only to make it.
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = Tls, Proxy = Proxy, UseProxy = Proxy is not null });
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(SubProtocol);
            socket.Options.KeepAliveInterval = TimeSpan.Zero; // MQTT has its own
            await socket.ConnectAsync(new Uri($"wss://{Endpoint.Host}:{Endpoint.HttpsPort}/{WebSocketPath}"), invoker, cancellationToken).ConfigureAwait(false);
            return WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
