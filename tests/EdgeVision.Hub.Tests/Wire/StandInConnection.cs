using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeVision.Hub.Tests;

/// <summary>One device at a <see cref="StandInHub"/>: MQTT 3.1.1, as much of it as a device uses.</summary>
internal sealed class StandInConnection(StandInHub hub, Stream stream, X509Certificate2? certificate) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private ushort _packetId;

    public X509Certificate2? Certificate { get; } = certificate;

    public string ClientId { get; private set; } = "";

    public string UserName { get; private set; } = "";

    public string Password { get; private set; } = "";

    public ConcurrentQueue<string> Subscriptions { get; } = new();

    /// <summary>Packet identifiers that the device acknowledged.</summary>
    public ConcurrentQueue<int> Acknowledged { get; } = new();

    /// <summary>Whether the device said goodbye.</summary>
    public bool SaidGoodbye { get; private set; }

    public async Task RunAsync()
    {
        while (await ReadAsync() is var (header, body) && await AnswerAsync(header, body))
        {
        }
    }

    /// <summary>At QoS 1.</summary>
    /// <returns>The packet identifier.</returns>
    public async Task<int> PublishAsync(string topic, byte[] payload)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var id = ++_packetId;
        await WriteAsync(0x32, [(byte)(name.Length >> 8), (byte)name.Length, .. name, (byte)(id >> 8), (byte)id, .. payload]);
        return id;
    }

    /// <summary>Ends the connection in good order, as a hub does when another device takes over.</summary>
    public void Close() => stream.Dispose();

    public void Dispose() => _writing.Dispose();

    private async Task<bool> AnswerAsync(byte header, byte[] body)
    {
        switch (header >> 4)
        {
            case 1:
                return await ConnectAsync(body);
            case 3:
                await PublishedAsync(header, body);
                return true;
            case 4:
                Acknowledged.Enqueue(BinaryPrimitives.ReadUInt16BigEndian(body));
                return true;
            case 8:
                return await SubscribeAsync(body);
            case 12:
                await WriteAsync(0xd0, []);
                return true;
            case 14:
                SaidGoodbye = true;
                return false;
            default:
                throw new InvalidOperationException($"a device does not send packet {header:x2}");
        }
    }

    private async Task<bool> ConnectAsync(byte[] body)
    {
        var texts = Texts(body, 10).ToArray();
        (ClientId, UserName, Password) = (texts[0], texts.ElementAtOrDefault(1) ?? "", texts.ElementAtOrDefault(2) ?? "");
        if (hub.Remembers)
        {
            hub.Connections.Enqueue(this);
        }

        if (hub.OnConnect(this) is { } code)
        {
            await WriteAsync(0x20, [0, code]);
            return code == 0;
        }

        return true;
    }

    private async Task<bool> SubscribeAsync(byte[] body)
    {
        var granted = new List<byte>();
        for (var at = 2; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            Subscriptions.Enqueue(Encoding.UTF8.GetString(body, at + 2, length));
            granted.Add(body[at + 2 + length]);
            at += 3 + length;
        }

        await WriteAsync(0x90, [body[0], body[1], .. granted]);
        return true;
    }

    private async Task PublishedAsync(byte header, byte[] body)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(body);
        var (topic, hasId) = (Encoding.UTF8.GetString(body, 2, length), (header & 6) != 0);
        if (hasId)
        {
            await WriteAsync(0x40, body[(2 + length)..(4 + length)]);
        }

        await hub.OnPublish(this, topic, body[(2 + length + (hasId ? 2 : 0))..]);
    }

    private static IEnumerable<string> Texts(byte[] body, int at)
    {
        while (at + 2 <= body.Length)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            yield return Encoding.UTF8.GetString(body, at + 2, length);
            at += 2 + length;
        }
    }

    private async Task<(byte Header, byte[] Body)?> ReadAsync()
    {
        var one = new byte[1];
        if (await stream.ReadAsync(one) == 0)
        {
            return null;
        }

        var (header, length, shift) = (one[0], 0, 0);
        do
        {
            await stream.ReadExactlyAsync(one);
            length |= (one[0] & 0x7f) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0);

        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return (header, body);
    }

    private async Task WriteAsync(byte header, byte[] body)
    {
        var packet = new List<byte> { header };
        var length = body.Length;
        do
        {
            packet.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);

        packet.AddRange(body);
        await _writing.WaitAsync();
        try
        {
            await stream.WriteAsync(packet.ToArray());
        }
        finally
        {
            _writing.Release();
        }
    }
}
