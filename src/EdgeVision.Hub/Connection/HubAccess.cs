using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>What every connection of a device has in common: whom it trusts, the proxy, and its own certificate.</summary>
/// <remarks>Immutable, any thread; certificates are read anew each time.</remarks>
internal sealed class HubAccess
{
    private readonly HubOptions _options;
    private readonly X509Certificate2Collection _authorities;
    private readonly IWebProxy? _proxy;
    private readonly TimeProvider _time;

    /// <exception cref="HubException">The CA file cannot be used, or files are missing.</exception>
    public HubAccess(HubOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _authorities = HubTrust.Load(options.CaFile);
        _proxy = options.Proxy is { } proxy ? ProxyOf(proxy) : null;
        if ((options.CertificateFile is null) != (options.KeyFile is null))
        {
            throw new HubException("The device's certificate and its key go together: name both files, or neither.");
        }

        var key = options.ConnectionString is { } hub ? hub.SharedAccessKey : options.Provisioning?.Key;
        if (options.CertificateFile is null && string.IsNullOrEmpty(key))
        {
            throw new HubException("Nothing proves who this device is: name the files of its certificate and key, or give a shared access key.");
        }
    }

    /// <returns>The certificate; null with an empty fault where none is configured, and with what is wrong where it cannot be used.</returns>
    public (DeviceCertificate? Certificate, string Fault) Certificate() => _options is { CertificateFile: { } file, KeyFile: { } keyFile }
        ? DeviceCertificate.Load(file, keyFile, _time.GetUtcNow())
        : (null, "");

    public HubRoute RouteTo(HubEndpoint endpoint, HubTransport transport, DeviceCertificate? device) =>
        new(endpoint, transport, HubTls.OptionsFor(endpoint.Host, _authorities, device?.Context), _proxy);

    /// <summary>HTTPS with the same trust; redirects are not followed, because they would carry tokens elsewhere.</summary>
    public SocketsHttpHandler HttpHandler(HubEndpoint endpoint, DeviceCertificate? device) =>
        new() { SslOptions = HubTls.OptionsFor(endpoint.Host, _authorities, device?.Context), Proxy = _proxy, UseProxy = _proxy is not null, AllowAutoRedirect = false };

    private static WebProxy ProxyOf(Uri proxy)
    {
        var parts = proxy.UserInfo.Split(':', 2);
        return new WebProxy(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri)
        {
            Credentials = parts is [var user, var password] ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : null,
        };
    }
}
