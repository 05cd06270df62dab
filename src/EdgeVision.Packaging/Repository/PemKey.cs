using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace EdgeVision.Packaging.Repository;

/// <summary>A private key in a PKCS#8 PEM file, encrypted or not.</summary>
/// <remarks>ECDSA P-256, RSA of 2048 bits and more, Ed25519. <c>openssl genpkey</c> makes such files too. One thread.</remarks>
public sealed class PemKey : IRepositoryKey
{
    private readonly Func<byte[], byte[]> _sign;
    private readonly IDisposable? _key;

    private PemKey(string name, TufKey isPublic, Func<byte[], byte[]> sign, IDisposable? key) => (Name, PublicKey, _sign, _key) = (name, isPublic, sign, key);

    public string Name { get; }

    public TufKey PublicKey { get; }

    /// <param name="path">The file.</param>
    /// <param name="passphrase">Of an encrypted file; not looked at otherwise.</param>
    /// <exception cref="RepositoryException">No private key, encrypted without the right passphrase, or of a kind that TUF does not know.</exception>
    public static PemKey Open(string path, string? passphrase = null)
    {
        var pem = ReadText(path);
        if (!IsPrivate(path))
        {
            throw new RepositoryException($"{path} is no private key: it has to begin with -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----.");
        }

        var isEncrypted = pem.Contains("BEGIN ENCRYPTED", StringComparison.Ordinal);
        if (isEncrypted && string.IsNullOrEmpty(passphrase))
        {
            throw new RepositoryException($"{path} is encrypted. Give its passphrase with --passphrase-file FILE or in the environment variable EDGEVISION_PASSPHRASE.");
        }

        return TryEcdsa(path, pem, isEncrypted ? passphrase : null) ?? TryRsa(path, pem, isEncrypted ? passphrase : null) ?? TryEd25519(path, pem, isEncrypted ? passphrase : null)
            ?? throw new RepositoryException(isEncrypted
                ? $"{path}: the passphrase is wrong, or the key is neither ECDSA P-256, Ed25519 nor RSA."
                : $"{path} holds a key that is neither ECDSA P-256, Ed25519 nor RSA, or is damaged. Make one with: edgevision repo key new --type ecdsa FILE");
    }

    public byte[] Sign(byte[] message) => _sign(message);

    public void Dispose() => _key?.Dispose();

    /// <summary>Whether a file holds a private key, encrypted or not.</summary>
    public static bool IsPrivate(string path) => ReadText(path).Split('\n', StringSplitOptions.TrimEntries).Any(line => line is "-----BEGIN PRIVATE KEY-----" or "-----BEGIN ENCRYPTED PRIVATE KEY-----");

    internal static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RepositoryException($"The key {path} cannot be read: {exception.Message}", exception);
        }
    }

    internal static bool Imports(Action import)
    {
        try
        {
            import();
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static PemKey? TryEcdsa(string path, string pem, string? passphrase)
    {
        var key = ECDsa.Create();
        if (Imports(() => Import(key, pem, passphrase)) && PublicKeys.IsP256(key))
        {
            return new PemKey(path, PublicKeys.Of(key), message => key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), key);
        }

        key.Dispose();
        return null;
    }

    private static PemKey? TryRsa(string path, string pem, string? passphrase)
    {
        var key = RSA.Create();
        if (Imports(() => Import(key, pem, passphrase)))
        {
            return new PemKey(path, PublicKeys.Of(key), message => key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), key);
        }

        key.Dispose();
        return null;
    }

    private static PemKey? TryEd25519(string path, string pem, string? passphrase) =>
        Ed25519Pem.TryRead(pem, passphrase) is { } key ? new PemKey(path, PublicKeys.OfEd25519(key.GeneratePublicKey().GetEncoded()), message => SignEd25519(key, message), key: null) : null;

    private static byte[] SignEd25519(Ed25519PrivateKeyParameters key, byte[] message)
    {
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        key.Sign(Ed25519.Algorithm.Ed25519, ctx: null, message, 0, message.Length, signature, 0);
        return signature;
    }

    private static void Import(AsymmetricAlgorithm key, string pem, string? passphrase)
    {
        if (passphrase is null)
        {
            key.ImportFromPem(pem);
        }
        else
        {
            key.ImportFromEncryptedPem(pem, passphrase);
        }
    }
}
