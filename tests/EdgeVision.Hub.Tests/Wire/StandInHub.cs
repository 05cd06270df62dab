using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub.Tests;

/// <summary>A hub that does what a test tells it, down to the byte: over TLS, or over a WebSocket inside TLS. Hubs that behave are tested with the real one.</summary>
internal sealed class StandInHub : IDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentDictionary<SslStream, bool> _open = new();

    public StandInHub(TestAuthority authority, string name = "localhost")
    {
        _certificate = authority.Server(name);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Expects the HTTP upgrade before MQTT.</summary>
    public bool IsWebSocket { get; init; }

    /// <summary>The answer to CONNECT; null = none, ever.</summary>
    public Func<StandInConnection, byte?> OnConnect { get; set; } = _ => 0;

    /// <summary>What happens on PUBLISH, beside the acknowledgement.</summary>
    public Func<StandInConnection, string, byte[], Task> OnPublish { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>False where a test measures the memory of this process.</summary>
    public bool Remembers { get; init; } = true;

    /// <summary>Resets each connection as soon as it was accepted, before TLS.</summary>
    public bool Resets { get; set; }

    /// <summary>TCP connections so far, with the time each began.</summary>
    public ConcurrentQueue<long> Attempts { get; } = new();

    /// <summary>Everyone who sent a CONNECT, as long as <see cref="Remembers"/>.</summary>
    public ConcurrentQueue<StandInConnection> Connections { get; } = new();

    public StandInConnection Last => Connections.Last();

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var open in _open.Keys)
        {
            open.Dispose();
        }

        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var tcp = await _listener.AcceptTcpClientAsync();
                Attempts.Enqueue(TimeProvider.System.GetTimestamp());
                if (Resets)
                {
                    tcp.Client.LingerState = new LingerOption(true, 0);
                    tcp.Dispose();
                    continue;
                }

                _ = ServeAsync(tcp);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient tcp)
    {
        try
        {
            using (tcp)
            {
                await using var tls = new SslStream(tcp.GetStream());
                _open[tls] = true;
                try
                {
                    await ServeAsync(tls);
                }
                finally
                {
                    _open.TryRemove(tls, out _);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException or System.Net.WebSockets.WebSocketException)
        {
            // the client went away, which is its right
        }
    }

    private async Task ServeAsync(SslStream tls)
    {
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // as at a hub: whether to take a device is decided at CONNECT
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        await using var stream = IsWebSocket ? await WebSocketUpgrade.AcceptAsync(tls) : tls;
        using var connection = new StandInConnection(this, stream, tls.RemoteCertificate as X509Certificate2);
        await connection.RunAsync();
    }
}
