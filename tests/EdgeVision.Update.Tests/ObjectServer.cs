using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeVision.Update.Tests;

/// <summary>A repository over real TLS on loopback that serves objects well, or answers each request by a script that may be as hostile as it likes.</summary>
internal sealed class ObjectServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly TestRepository _repository;
    private readonly List<ObjectExchange> _requests = [];
    private readonly CancellationTokenSource _stop = new();

    public ObjectServer(X509Certificate2 certificate, TestRepository repository)
    {
        (_certificate, _repository) = (certificate, repository);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/repository/");

    /// <summary>How requests for metadata and small targets are answered.</summary>
    public Func<ObjectExchange, Task> MetadataScript { get; set; } = exchange => exchange.ServeAsync();

    /// <summary>How requests for objects are answered; by default as a good server would.</summary>
    public Func<ObjectExchange, Task> Script { get; set; } = exchange => exchange.ServeAsync();

    /// <summary>Of objects.</summary>
    public IReadOnlyList<ObjectExchange> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                var exchange = new ObjectExchange(await ReadHeadAsync(stream), stream, _repository.Files, _stop.Token);
                Count(exchange);
                await (exchange.IsObject ? Script : MetadataScript)(exchange);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
            {
                // the client went away, as it should from most of these
            }
        }
    }

    private void Count(ObjectExchange exchange)
    {
        lock (_requests)
        {
            if (exchange.IsObject)
            {
                _requests.Add(exchange);
                exchange.Number = _requests.Count(other => other.Sha256 == exchange.Sha256);
            }
        }
    }

    private static async Task<string> ReadHeadAsync(SslStream stream)
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
