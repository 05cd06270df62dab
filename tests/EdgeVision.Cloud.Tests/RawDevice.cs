using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeVision.Cloud.Tests;

/// <summary>A device that writes its packets by hand, so that tests can say exactly what is on the wire, right or wrong.</summary>
internal sealed class RawDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly IDisposable _connection;
    private readonly Stream _stream;
    private ushort _packetId;

    private RawDevice(IDisposable connection, Stream stream) => (_connection, _stream) = (connection, stream);

    public static async Task<RawDevice> OpenAsync(int port, X509Certificate2? certificate = null)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
#pragma warning disable CA5359 // the certificate is what other tests look at
        var stream = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true, (_, _, _, _, _) => certificate!);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync("localhost");
        return new RawDevice(tcp, stream);
    }

    /// <summary>The same inside a WebSocket.</summary>
    public static async Task<RawDevice> OpenWebSocketAsync(int httpsPort, X509Certificate2? certificate = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
#pragma warning disable CA5359 // the certificate is what other tests look at
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        if (certificate is not null)
        {
            socket.Options.ClientCertificates.Add(certificate);
        }

        await socket.ConnectAsync(new Uri($"wss://localhost:{httpsPort}/$iothub/websocket"), CancellationToken.None);
        Assert.Equal("mqtt", socket.SubProtocol);
        return new RawDevice(socket, WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: false));
    }

    /// <summary>Whether the hub said that it knew this device's subscriptions.</summary>
    public bool HasSession { get; private set; }

    /// <returns>The code of the CONNACK; -1 when the connection was closed instead.</returns>
    public async Task<int> ConnectAsync(
        string clientId, string userName, string password, byte level = 4, bool clean = true, (string Topic, string Payload)? will = null, ushort keepAlive = 60, string? protocol = null)
    {
        var flags = (byte)(0xC0 | (clean ? 2 : 0) | (will is null ? 0 : 4));
        byte[] body =
        [
            .. Text(protocol ?? (level == 3 ? "MQIsdp" : "MQTT")), level, flags, (byte)(keepAlive >> 8), (byte)keepAlive,
            .. level == 5 ? [(byte)0] : Array.Empty<byte>(),
            .. Text(clientId), .. will is { } w ? [.. Text(w.Topic), .. Text(w.Payload)] : Array.Empty<byte>(), .. Text(userName), .. Text(password),
        ];
        await WritePacketAsync(0x10, body);
        if (await ReadAsync() is not (0x20, { Length: 2 } connack))
        {
            return -1;
        }

        HasSession = connack[0] == 1;
        return connack[1];
    }

    /// <returns>The code of the SUBACK.</returns>
    public async Task<int> SubscribeAsync(string filter, byte qos = 0)
    {
        await WritePacketAsync(0x82, [.. NextId(), .. Text(filter), qos]);
        return await ReadAsync() is (0x90, { Length: 3 } suback) ? suback[2] : -1;
    }

    /// <summary>Publishes several at QoS 1 without waiting in between.</summary>
    /// <returns>Their packet ids in the order in which they were sent, and in which they were acknowledged.</returns>
    public async Task<(List<int> Sent, List<int> Acknowledged)> PublishManyAsync(string topic, int count)
    {
        var (sent, acknowledged) = (new List<int>(), new List<int>());
        for (var i = 0; i < count; i++)
        {
            await WritePacketAsync(0x32, [.. Text(topic), .. NextId()]);
            sent.Add(_packetId);
        }

        while (acknowledged.Count < count && await ReadAsync() is (0x40, { Length: 2 } puback))
        {
            acknowledged.Add((puback[0] << 8) | puback[1]);
        }

        return (sent, acknowledged);
    }

    /// <returns>For QoS 1 and 2 whether it was acknowledged; false when the connection was closed instead. True at once for QoS 0.</returns>
    public async Task<bool> PublishAsync(string topic, byte[] payload, int qos = 1, bool retain = false)
    {
        await WritePacketAsync((byte)(0x30 | (qos << 1) | (retain ? 1 : 0)), [.. Text(topic), .. qos > 0 ? NextId() : [], .. payload]);
        return qos == 0 || await ReadAsync() is (0x40 or 0x50, _);
    }

    /// <summary>The next message for this device at QoS 1, which the caller acknowledges or not.</summary>
    public async Task<(string Topic, string Payload, ushort PacketId)> ReceiveHeldAsync()
    {
        var (type, body) = await ReadAsync() ?? throw new EndOfStreamException("closed");
        Assert.Equal(0x32, type & 0xF7); // QoS 1, not retained; the mark for duplicates does not matter
        var length = (body[0] << 8) | body[1];
        return (Encoding.UTF8.GetString(body, 2, length), Encoding.UTF8.GetString(body, 4 + length, body.Length - 4 - length), (ushort)((body[2 + length] << 8) | body[3 + length]));
    }

    public Task AcknowledgeAsync(ushort packetId) => WritePacketAsync(0x40, [(byte)(packetId >> 8), (byte)packetId]);

    /// <summary>The next message for this device.</summary>
    public async Task<(string Topic, string Payload)> ReceiveAsync()
    {
        var (type, body) = await ReadAsync() ?? throw new EndOfStreamException("closed");
        Assert.Equal(0x30, type); // QoS 0, not retained
        var length = (body[0] << 8) | body[1];
        return (Encoding.UTF8.GetString(body, 2, length), Encoding.UTF8.GetString(body, 2 + length, body.Length - 2 - length));
    }

    /// <summary>Asks for a ping's answer: whatever the hub had for this device before would have come first.</summary>
    public async Task<bool> HearsNothingAsync()
    {
        await WritePacketAsync(0xC0, []);
        return await ReadAsync() is (0xD0, _);
    }

    public async Task<bool> IsClosedAsync() => await ReadAsync() is null;

    public async Task WriteAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes);
        await _stream.FlushAsync();
    }

    public Task DisconnectAsync() => WritePacketAsync(0xE0, []);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    /// <returns>Null when the connection was closed.</returns>
    private async Task<(byte Type, byte[] Body)?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var one = new byte[1];
            await _stream.ReadExactlyAsync(one, deadline.Token);
            var type = one[0];
            int length = 0, shift = 0;
            do
            {
                await _stream.ReadExactlyAsync(one, deadline.Token);
                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while (one[0] >= 0x80);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, deadline.Token);
            return (type, body);
        }
        catch (Exception exception) when (exception is IOException or WebSocketException)
        {
            return null;
        }
    }

    private async Task WritePacketAsync(byte header, byte[] body)
    {
        try
        {
            await WriteAsync([header, .. Length(body.Length), .. body]);
        }
        catch (Exception exception) when (exception is IOException or WebSocketException)
        {
            // closed by the hub: the next read tells
        }
    }

    private byte[] NextId()
    {
        _packetId++;
        return [(byte)(_packetId >> 8), (byte)_packetId];
    }

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
