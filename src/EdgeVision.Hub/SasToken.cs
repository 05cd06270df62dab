using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Hub;

/// <summary>A shared access signature: <c>SharedAccessSignature sr={resource}&amp;sig={signature}&amp;se={expiry}[&amp;skn={policy}]</c>.</summary>
/// <remarks>
/// signature = base64(HMAC-SHA256(key, resource as it stands in the token + "\n" + expiry)), expiry in seconds since 1970.
/// The received text of the resource is what is signed, because encoders differ (%2F and %2f are both in the field). Immutable, any thread.
/// Source: learn.microsoft.com/azure/iot-hub/authenticate-authorize-sas.
/// </remarks>
public sealed record SasToken
{
    private const string Scheme = "SharedAccessSignature ";
    private readonly string _encodedResource;
    private readonly byte[] _signature;

    private SasToken(string encodedResource, byte[] signature, long expiry, string? policy)
    {
        (_encodedResource, _signature, Policy) = (encodedResource, signature, policy);
        Expiry = expiry;
        Resource = Uri.UnescapeDataString(encodedResource);
    }

    /// <summary>Decoded, for example <c>contoso.azure-devices.net/devices/cam-1</c>.</summary>
    public string Resource { get; }

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    public long Expiry { get; }

    /// <summary>Name of the hub's policy whose key signed it; null for a device's own key.</summary>
    public string? Policy { get; }

    /// <param name="resource">Not encoded: <c>{host}/devices/{deviceId}</c>.</param>
    /// <param name="base64Key">The symmetric key.</param>
    /// <param name="expires">When it ends.</param>
    /// <param name="policy">Name of a policy whose key it is; null for a device's key.</param>
    public static string Create(string resource, string base64Key, DateTimeOffset expires, string? policy = null)
    {
        var encoded = Uri.EscapeDataString(resource);
        var expiry = expires.ToUnixTimeSeconds();
        var signature = Uri.EscapeDataString(Convert.ToBase64String(Sign(encoded, expiry, base64Key)));
        var text = string.Create(CultureInfo.InvariantCulture, $"{Scheme}sr={encoded}&sig={signature}&se={expiry}");
        return policy is null ? text : $"{text}&skn={policy}";
    }

    /// <summary>Fields in any order and case.</summary>
    /// <returns>Null for anything that is not a token.</returns>
    public static SasToken? TryParse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string? resource = null, signature = null, expiry = null, policy = null;
        foreach (var field in text[Scheme.Length..].Split('&'))
        {
            var (name, value) = PropertyBag.SplitPair(field);
            _ = name.ToLowerInvariant() switch
            {
                "sr" => resource = value,
                "sig" => signature = value,
                "se" => expiry = value,
                "skn" => policy = value,
                _ => null,
            };
        }

        return resource is not null && signature is not null && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Decode(signature) is { } bytes
            ? new SasToken(resource, bytes, seconds, policy is null ? null : Uri.UnescapeDataString(policy))
            : null;
    }

    /// <summary>Whether this key made the signature; in constant time.</summary>
    public bool IsSignedWith(string base64Key) => CryptographicOperations.FixedTimeEquals(Sign(_encodedResource, Expiry, base64Key), _signature);

    /// <summary>Whether the token speaks for a resource: the same, or one of its segments above (<c>host</c> speaks for <c>host/devices/a</c>).</summary>
    public bool Covers(string resource) =>
        resource.StartsWith(Resource, StringComparison.Ordinal) && (resource.Length == Resource.Length || resource[Resource.Length] == '/');

    private static byte[] Sign(string encodedResource, long expiry, string base64Key) => HMACSHA256.HashData(
        Convert.FromBase64String(base64Key),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{encodedResource}\n{expiry}")));

    private static byte[]? Decode(string signature)
    {
        var base64 = Uri.UnescapeDataString(signature);
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
