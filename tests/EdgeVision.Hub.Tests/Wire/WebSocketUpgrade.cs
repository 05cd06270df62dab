using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Hub.Tests;

/// <summary>The server's side of a WebSocket, as far as MQTT needs it; refuses any other path or subprotocol.</summary>
internal static class WebSocketUpgrade
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

    public static async Task<Stream> AcceptAsync(Stream stream)
    {
        var head = await HeadAsync(stream);
        if (!head.StartsWith("GET /$iothub/websocket HTTP/1.1", StringComparison.Ordinal) || !head.Contains("Sec-WebSocket-Protocol: mqtt", StringComparison.OrdinalIgnoreCase))
        {
            await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            throw new IOException("not a device's WebSocket: " + head);
        }

        var key = head.Split("Sec-WebSocket-Key:", 2)[1].Split("\r\n")[0].Trim();
#pragma warning disable CA5350 // the protocol says SHA-1, and nothing secret hangs on it
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n"));
        var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = "mqtt" });
        return WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
    }

    public static async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
