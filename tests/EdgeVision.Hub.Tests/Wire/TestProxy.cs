using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeVision.Hub.Tests;

/// <summary>An HTTP proxy that tunnels for those who know user and password (RFC 9110, CONNECT and Basic).</summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _expected;
    private int _tunnels;

    public TestProxy(string credentials)
    {
        _expected = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Tunnels => Volatile.Read(ref _tunnels);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        try
        {
            string head;
            while (!(head = await WebSocketUpgrade.HeadAsync(near.GetStream())).Contains(_expected, StringComparison.Ordinal))
            {
                await near.GetStream().WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }

            var target = head.Split(' ')[1].Split(':');
            using var far = new TcpClient();
            await far.ConnectAsync(target[0], int.Parse(target[1], null));
            await near.GetStream().WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
            Interlocked.Increment(ref _tunnels);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // one side went away
        }
    }
}
