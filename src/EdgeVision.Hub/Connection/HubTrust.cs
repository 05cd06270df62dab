using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>Which CAs a hub's certificate may come from.</summary>
internal static class HubTrust
{
    /// <returns>The CAs of the file; empty = those of the operating system.</returns>
    /// <exception cref="HubException">The file is missing or holds no certificate.</exception>
    public static X509Certificate2Collection Load(string? caFile)
    {
        var authorities = new X509Certificate2Collection();
        if (caFile is null)
        {
            return authorities;
        }

        try
        {
            authorities.ImportFromPemFile(caFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HubException($"{caFile}: the hub's CA cannot be read: {exception.Message}", exception);
        }

        return authorities.Count > 0 ? authorities : throw new HubException($"{caFile} holds no certificate: give the PEM file of the hub's CA.");
    }
}
