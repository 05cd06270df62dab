using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace EdgeVision.Packaging.Tuf;

/// <summary>A public key made ready to verify with.</summary>
/// <remarks>The BCL has no Ed25519; that one class of BouncyCastle is managed code, so that the daemon stays one file.</remarks>
internal abstract class PublicKey(string identity) : IDisposable
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192; // a larger one would only cost time
    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <summary>The same for every way to write the key down.</summary>
    public string Identity { get; } = identity;

    /// <param name="signature">Hex; anything else verifies nothing.</param>
    public bool Verify(ReadOnlySpan<byte> data, string signature) => TryHex(signature) is { } bytes && Verify(data, bytes);

    public abstract void Dispose();

    protected abstract bool Verify(ReadOnlySpan<byte> data, byte[] signature);

    /// <summary>Null when the kind is unknown or the key is damaged: it then counts for nobody.</summary>
    public static PublicKey? Import(string keyType, string scheme, string text)
    {
        try
        {
            return (keyType, scheme) switch
            {
                ("ed25519", "ed25519") => ImportEd25519(text),
                ("ecdsa" or "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => ImportEcdsa(text),
                ("rsa", "rsassa-pss-sha256") => ImportRsa(text),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return null; // damaged, or of a curve that this machine has never heard of
        }
    }

    private static byte[]? TryHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static Ed25519Key? ImportEd25519(string text) => TryHex(text) is { } bytes && bytes.Length == Ed25519.PublicKeySize ? new Ed25519Key(bytes) : null;

    private static EcdsaKey? ImportEcdsa(string text)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Der(text), out _);
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && curve.Oid.Value == NistP256 ? new EcdsaKey(key) : null;
    }

    private static RsaKey? ImportRsa(string text)
    {
        var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Der(text), out _);
        return key.KeySize is >= MinRsaBits and <= MaxRsaBits ? new RsaKey(key) : null;
    }

    private static byte[] Der(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem.AsSpan()[fields.Label] is not "PUBLIC KEY")
        {
            throw new CryptographicException("no PEM public key");
        }

        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    private sealed class Ed25519Key(byte[] key) : PublicKey("ed25519:" + Convert.ToHexStringLower(key))
    {
        protected override bool Verify(ReadOnlySpan<byte> data, byte[] signature) =>
            signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, key, 0, data.ToArray(), 0, data.Length);

        public override void Dispose()
        {
            // nothing but bytes
        }
    }

    private sealed class EcdsaKey(ECDsa key) : PublicKey("spki:" + Convert.ToHexStringLower(key.ExportSubjectPublicKeyInfo()))
    {
        protected override bool Verify(ReadOnlySpan<byte> data, byte[] signature) =>
            key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        public override void Dispose() => key.Dispose();
    }

    private sealed class RsaKey(RSA key) : PublicKey("spki:" + Convert.ToHexStringLower(key.ExportSubjectPublicKeyInfo()))
    {
        protected override bool Verify(ReadOnlySpan<byte> data, byte[] signature) =>
            key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        public override void Dispose() => key.Dispose();
    }
}
