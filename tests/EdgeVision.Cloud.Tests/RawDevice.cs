using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace EdgeVision.Cloud.Tests;

/// <summary>A device that writes its packets by hand, so that tests can say exactly what is on the wire, right or wrong.</summary>
internal sealed class RawDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpClient _tcp;
    private readonly SslStream _stream;
    private ushort _packetId;

    private RawDevice(TcpClient tcp, SslStream stream) => (_tcp, _stream) = (tcp, stream);

    public static async Task<RawDevice> OpenAsync(int port)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
#pragma warning disable CA5359 // the certificate is what other tests look at
        var stream = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync("localhost");
        return new RawDevice(tcp, stream);
    }

    /// <returns>The code of the CONNACK; -1 when the connection was closed instead.</returns>
    public async Task<int> ConnectAsync(string clientId, string userName, string password, byte level = 4, bool clean = true, (string Topic, string Payload)? will = null)
    {
        var flags = (byte)(0xC0 | (clean ? 2 : 0) | (will is null ? 0 : 4));
        byte[] body =
        [
            .. Text(level == 3 ? "MQIsdp" : "MQTT"), level, flags, 0, 60,
            .. level == 5 ? [(byte)0] : Array.Empty<byte>(),
            .. Text(clientId), .. will is { } w ? [.. Text(w.Topic), .. Text(w.Payload)] : Array.Empty<byte>(), .. Text(userName), .. Text(password),
        ];
        await WritePacketAsync(0x10, body);
        return await ReadAsync() is (0x20, { Length: 2 } connack) ? connack[1] : -1;
    }

    /// <returns>The code of the SUBACK.</returns>
    public async Task<int> SubscribeAsync(string filter, byte qos = 0)
    {
        await WritePacketAsync(0x82, [.. NextId(), .. Text(filter), qos]);
        return await ReadAsync() is (0x90, { Length: 3 } suback) ? suback[2] : -1;
    }

    /// <returns>For QoS 1 and 2 whether it was acknowledged; false when the connection was closed instead. True at once for QoS 0.</returns>
    public async Task<bool> PublishAsync(string topic, byte[] payload, int qos = 1, bool retain = false)
    {
        await WritePacketAsync((byte)(0x30 | (qos << 1) | (retain ? 1 : 0)), [.. Text(topic), .. qos > 0 ? NextId() : [], .. payload]);
        return qos == 0 || await ReadAsync() is (0x40 or 0x50, _);
    }

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
        _tcp.Dispose();
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
        catch (IOException)
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
        catch (IOException)
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
