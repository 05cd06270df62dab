using System.Net.Security;
using System.Net.Sockets;

namespace EdgeVision.Hub;

/// <summary>A TCP connection, and TLS over it.</summary>
internal static class TcpRoute
{
    /// <param name="host">Name or address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="tls">Null = plain, which only a broker may be spoken to in, and only where that is asked for.</param>
    /// <param name="cancellationToken">Gives up, whatever it is waiting for.</param>
    public static async Task<Stream> OpenAsync(string host, int port, SslClientAuthenticationOptions? tls, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        Stream? stream = null;
        try
        {
            await tcp.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            stream = tcp.GetStream(); // which owns the socket
            return tls is null ? stream : await EncryptAsync(stream, tls, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            stream?.Dispose();
            tcp.Dispose();
            throw;
        }
    }

    private static async Task<Stream> EncryptAsync(Stream plain, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var tls = new SslStream(plain);
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }
}
