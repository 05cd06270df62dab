using System.Security.Cryptography.X509Certificates;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud;

/// <summary>Decides who somebody is from user name, and token or certificate. Azure's rules, so that its SDKs get in and nobody else does.</summary>
/// <remarks>
/// Example: client id cam-1, user name <c>localhost:8883/cam-1/?api-version=2021-04-12</c> and a token for <c>localhost:8883/devices/cam-1</c> signed with one of the two keys
/// of cam-1. Any thread.
/// </remarks>
internal sealed class Authenticator(DeviceRegistry devices, TrustedAuthorities authorities, HubNames names, string serviceKey, TimeProvider time)
{
    public const string ServicePolicy = "iothubowner";

    /// <summary>A device's clock may be this far behind; what Azure allows.</summary>
    private const long SkewSeconds = 300;

    /// <param name="clientId">As in CONNECT.</param>
    /// <param name="userName">As in CONNECT.</param>
    /// <param name="password">As in CONNECT.</param>
    /// <param name="certificate">The one shown in the TLS handshake; null for none.</param>
    /// <param name="device">The one that was checked, as it was then; null when there is none.</param>
    /// <param name="expires">Seconds since 1970 at which the connection must end, skew included.</param>
    public ConnectRefusal CheckDevice(string? clientId, string? userName, string? password, X509Certificate2? certificate, out Device? device, out long expires)
    {
        (device, expires) = (null, 0);
        if (clientId is null || !IsValidId(clientId))
        {
            return ConnectRefusal.BadClientId;
        }

        return IsUserNameOf(clientId, userName ?? "") ? CheckIdentity(clientId, password ?? "", certificate, out device, out expires) : ConnectRefusal.BadUserName;
    }

    /// <summary>The same for a device that comes over HTTPS.</summary>
    /// <param name="id">As in the path.</param>
    /// <param name="token">The Authorization header; empty for none.</param>
    /// <param name="certificate">The one shown in the TLS handshake; null for none.</param>
    public bool IsDevice(string id, string token, X509Certificate2? certificate) => IsValidId(id) && CheckIdentity(id, token, certificate, out _, out _) == ConnectRefusal.None;

    /// <summary>Whether an Authorization header lets its sender use the service's routes.</summary>
    public bool IsService(string authorization) => SasToken.TryParse(authorization) is { Policy: ServicePolicy } token
        && names.Contains(HostOf(token.Resource)) && !token.Resource.Contains('/', StringComparison.Ordinal) && !IsExpired(token) && token.IsSignedWith(serviceKey);

    private ConnectRefusal CheckIdentity(string id, string password, X509Certificate2? certificate, out Device? identity, out long expires)
    {
        expires = 0;
        identity = devices.Find(id);
        if (identity is null)
        {
            return ConnectRefusal.UnknownDevice;
        }

        // A module lives and falls with its device.
        if (!identity.Enabled || (identity.IsModule && devices.Find(identity.DeviceId) is not { Enabled: true }))
        {
            return ConnectRefusal.DisabledDevice;
        }

        return identity.Credentials.Type == DeviceAuthentication.Sas ? CheckToken(identity, password, out expires) : CheckCertificate(identity, certificate, out expires);
    }

    private ConnectRefusal CheckCertificate(Device device, X509Certificate2? certificate, out long expires)
    {
        expires = 0;
        if (certificate is null)
        {
            return ConnectRefusal.NoCertificate;
        }

        var now = time.GetUtcNow();
        if (!certificate.IsValidAt(now))
        {
            return ConnectRefusal.Expired;
        }

        expires = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds();
        var isKnown = device.Credentials.Type == DeviceAuthentication.SelfSigned
            ? certificate.HasThumbprint(device.Credentials.PrimaryThumbprint) || certificate.HasThumbprint(device.Credentials.SecondaryThumbprint)
            : certificate.CommonName() == device.Id && authorities.Signed(certificate, now);
        return isKnown ? ConnectRefusal.None : ConnectRefusal.WrongCertificate;
    }

    private ConnectRefusal CheckToken(Device device, string password, out long expires)
    {
        expires = 0;
        if (SasToken.TryParse(password) is not { } token)
        {
            return ConnectRefusal.NoToken;
        }

        var host = HostOf(token.Resource);
        if (!names.Contains(host) || !token.Covers($"{host}/devices/{device.Id.Replace("/", "/modules/", StringComparison.Ordinal)}"))
        {
            return ConnectRefusal.OtherResource;
        }

        if (IsExpired(token))
        {
            return ConnectRefusal.Expired;
        }

        expires = token.Expiry > long.MaxValue - SkewSeconds ? long.MaxValue : token.Expiry + SkewSeconds;
        return IsSignedFor(device, token) ? ConnectRefusal.None : ConnectRefusal.WrongKey;
    }

    private bool IsSignedFor(Device device, SasToken token) => token.Policy switch
    {
        null => device.Credentials.Signed(token),
        ServicePolicy => token.IsSignedWith(serviceKey),
        _ => false,
    };

    private bool IsExpired(SasToken token) => token.Expiry < time.GetUtcNow().ToUnixTimeSeconds() - SkewSeconds;

    private bool IsUserNameOf(string clientId, string userName)
    {
        var slash = userName.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !names.Contains(userName[..slash]))
        {
            return false;
        }

        // After the name: nothing, "/", or "/?" and a query in any order, of which nothing is needed.
        var rest = userName[(slash + 1)..];
        var query = rest.IndexOf("/?", StringComparison.Ordinal);
        return (query < 0 ? rest.TrimEnd('/') : rest[..query]) == clientId;
    }

    private static bool IsValidId(string id) => id.Split(Device.ModuleMark) is { Length: 1 or 2 } parts && Array.TrueForAll(parts, DeviceIds.IsValid);

    private static string HostOf(string resource) => resource.Split('/', 2)[0];
}
