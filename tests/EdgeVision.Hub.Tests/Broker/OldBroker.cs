using System.Net;
using System.Net.Sockets;

namespace EdgeVision.Hub.Tests;

/// <summary>A broker of 2014 in as many lines as its protocol needs: it refuses MQTT 5 as 3.1.1 demands (CONNACK 1, then it closes) and acknowledges everything else.</summary>
internal sealed class OldBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<int> _levels = [];

    public OldBroker()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The protocol levels that were asked for, in order.</summary>
    public IReadOnlyList<int> Levels
    {
        get
        {
            lock (_levels)
            {
                return [.. _levels];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                var (type, body) = await ReadPacketAsync(stream);
                if (type >> 4 == 1)
                {
                    var level = body[6]; // behind the length and the letters MQTT
                    lock (_levels)
                    {
                        _levels.Add(level);
                    }

                    await stream.WriteAsync(new byte[] { 0x20, 2, 0, (byte)(level == 4 ? 0 : 1) });
                    if (level != 4)
                    {
                        return;
                    }
                }
                else if (Answer(type, body) is { } answer)
                {
                    await stream.WriteAsync(answer);
                }
            }
        }
        catch (IOException)
        {
            // the client has gone
        }
    }

    private static byte[]? Answer(byte type, byte[] body) => (type >> 4) switch
    {
        8 => [0x90, 4, body[0], body[1], 1, 1],
        3 => [0x40, 2, body[2 + (body[0] << 8) + body[1]], body[3 + (body[0] << 8) + body[1]]],
        12 => [0xD0, 0],
        _ => null,
    };

    private static async Task<(byte Type, byte[] Body)> ReadPacketAsync(NetworkStream stream)
    {
        var head = new byte[1];
        await stream.ReadExactlyAsync(head);
        var (type, length, shift) = (head[0], 0, 0);
        do
        {
            await stream.ReadExactlyAsync(head);
            length |= (head[0] & 127) << shift;
            shift += 7;
        }
        while (head[0] > 127);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return (type, body);
    }
}
