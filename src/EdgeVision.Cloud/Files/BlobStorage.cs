using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Cloud.Files;

/// <summary>A place for files that speaks Azure's Blob protocol: a storage account (or Azurite), or the hub itself.</summary>
/// <remarks>
/// Signs for one blob at a time (a service SAS of version 2018-11-09, which every store understands). Example: AccountName=site;AccountKey=...;BlobEndpoint=https://store:10000/site signs
/// for <c>https://store:10000/site/uploads/cam-1/a.jpg?sv=...</c>. Immutable, any thread.
/// </remarks>
/// <param name="Account">Its name.</param>
/// <param name="Key">Base64.</param>
/// <param name="HostName">Where it is: host, port and path, without scheme.</param>
/// <param name="Scheme">https; http only where an account's connection string says so.</param>
internal sealed record BlobStorage(string Account, string Key, string HostName, string Scheme = "https")
{
    public const string Container = "uploads";
    private const string Version = "2018-11-09", Permissions = "rcw";

    /// <param name="connectionString">As the storage account shows it.</param>
    /// <exception cref="CloudException">A part is missing; the message never shows the key.</exception>
    public static BlobStorage Parse(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        var account = parts.GetValueOrDefault("AccountName");
        var key = parts.GetValueOrDefault("AccountKey");
        if (account is null || key is null || !Convert.TryFromBase64String(key, new byte[key.Length], out _))
        {
            throw new CloudException("--blob-storage is the connection string of a storage account: DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...;EndpointSuffix=core.windows.net");
        }

        var scheme = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var endpoint = parts.GetValueOrDefault("BlobEndpoint") ?? $"{scheme}://{account}.blob.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            ? new BlobStorage(account, key, (address.Authority + address.AbsolutePath).TrimEnd('/'), address.Scheme)
            : throw new CloudException($"The BlobEndpoint '{endpoint}' of --blob-storage is no address.");
    }

    public string AddressOf(string blobName) => $"{Scheme}://{HostName}/{Container}/{Escape(blobName)}";

    /// <summary>Lets its holder write this one blob, and read what of it is there already after a cut; nothing else.</summary>
    /// <returns>Begins with a question mark.</returns>
    public string SasFor(string blobName, DateTimeOffset expires)
    {
        var until = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"?sv={Version}&sr=b&sp={Permissions}&se={Uri.EscapeDataString(until)}&sig={Uri.EscapeDataString(Sign(blobName, Permissions, until))}";
    }

    /// <summary>Whether this storage signed for a blob.</summary>
    /// <param name="blobName">Which.</param>
    /// <param name="expires">The field se as it was received.</param>
    /// <param name="signature">The field sig.</param>
    public bool IsSigned(string blobName, string expires, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(blobName, Permissions, expires)), Encoding.ASCII.GetBytes(signature));

    /// <summary>Lets the hub make the container, once.</summary>
    public string SasForContainer(DateTimeOffset expires)
    {
        var until = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var signature = Hmac($"{Account}\nc\nb\nc\n\n{until}\n\n\n{Version}\n");
        return $"sv={Version}&ss=b&srt=c&sp=c&se={Uri.EscapeDataString(until)}&sig={Uri.EscapeDataString(signature)}";
    }

    // permissions, start, expiry, resource, identifier, address, protocol, version, kind, snapshot, and five headers that are not overridden
    private string Sign(string blobName, string permissions, string expires) =>
        Hmac($"{permissions}\n\n{expires}\n/blob/{Account}/{Container}/{blobName}\n\n\n\n{Version}\nb\n\n\n\n\n\n");

    private string Hmac(string text) => Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));

    private static string Escape(string blobName) => string.Join('/', blobName.Split('/').Select(Uri.EscapeDataString));
}
