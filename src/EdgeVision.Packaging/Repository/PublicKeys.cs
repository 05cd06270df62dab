using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Public keys as metadata writes them down.</summary>
/// <remarks>PEM with a line feed at its end, as other TUF tools write it, so that a key has one id whoever writes it down.</remarks>
public static class PublicKeys
{
    internal const string Rsa = "rsa", Ecdsa = "ecdsa", Ed25519 = "ed25519";
    private const string Label = "PUBLIC KEY";
    private const int MinRsaBits = 2048, Ed25519Size = 32;

    // SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING (0 unused bits) }, RFC 8410; the key's 32 bytes follow.
    private static readonly byte[] Ed25519Head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    public static TufKey Of(ECDsa key) => new(Ecdsa, "ecdsa-sha2-nistp256", key.ExportSubjectPublicKeyInfoPem() + "\n");

    public static TufKey Of(RSA key) => key.KeySize >= MinRsaBits ? new(Rsa, "rsassa-pss-sha256", key.ExportSubjectPublicKeyInfoPem() + "\n")
        : throw new RepositoryException($"An RSA key of {key.KeySize} bits is too short: use one of at least {MinRsaBits}.");

    public static TufKey OfEd25519(ReadOnlySpan<byte> key) => new(Ed25519, Ed25519, Convert.ToHexStringLower(key));

    /// <summary>PEM of any of the three kinds.</summary>
    public static string ToPem(TufKey key) =>
        key.KeyType == Ed25519 ? PemEncoding.WriteString(Label, [.. Ed25519Head, .. Convert.FromHexString(key.Public)]) + "\n" : key.Public;

    /// <summary>A public key from a PEM file of its own (<c>BEGIN PUBLIC KEY</c>).</summary>
    /// <exception cref="RepositoryException">It is something else, or a kind of key that TUF does not know.</exception>
    public static TufKey Read(string path)
    {
        var pem = PemKey.ReadText(path);
        if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual(Label))
        {
            throw new RepositoryException($"{path} is no public key: it has to begin with -----BEGIN {Label}-----. Print that of a private key with: edgevision repo key show {path}");
        }

        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        if (der.Length == Ed25519Head.Length + Ed25519Size && der.AsSpan().StartsWith(Ed25519Head))
        {
            return OfEd25519(der.AsSpan()[Ed25519Head.Length..]);
        }

        return TryEcdsa(der) ?? TryRsa(der)
            ?? throw new RepositoryException($"{path} holds a key that is neither ECDSA P-256, Ed25519 nor RSA. Make one with: edgevision repo key new --type ecdsa FILE");
    }

    internal static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;

    private static TufKey? TryEcdsa(byte[] der)
    {
        using var key = ECDsa.Create();
        return PemKey.Imports(() => key.ImportSubjectPublicKeyInfo(der, out _)) && IsP256(key) ? Of(key) : null;
    }

    private static TufKey? TryRsa(byte[] der)
    {
        using var key = RSA.Create();
        return PemKey.Imports(() => key.ImportSubjectPublicKeyInfo(der, out _)) ? Of(key) : null;
    }
}
