using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Makes new keys: <c>FILE</c> for its holder alone, <c>FILE.pub</c> for everybody.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int RsaBits = 3072;

    // What OWASP names for PBKDF2 with SHA-256; a second on a small computer, and a key is opened rarely.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    /// <param name="path">Must not be there yet: a key that is overwritten is lost.</param>
    /// <param name="algorithm">Its kind.</param>
    /// <param name="passphrase">Encrypts it; null leaves it readable for whoever can read the file.</param>
    /// <exception cref="RepositoryException">There is such a file, or it cannot be written.</exception>
    public static TufKey Create(string path, KeyAlgorithm algorithm, string? passphrase = null)
    {
        if (File.Exists(path))
        {
            throw new RepositoryException($"{path} is there already, and a key that is overwritten is lost for ever. Give another name.");
        }

        var (pem, isPublic) = algorithm switch
        {
            KeyAlgorithm.Ecdsa => NewEcdsa(passphrase),
            KeyAlgorithm.Rsa => NewRsa(passphrase),
            _ => NewEd25519(passphrase),
        };
        Write(path, pem + "\n", OwnerOnly);
        Write(path + ".pub", PublicKeys.ToPem(isPublic), OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return isPublic;
    }

    private static (string Pem, TufKey Public) NewEcdsa(string? passphrase)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Export(key, passphrase), PublicKeys.Of(key));
    }

    private static (string Pem, TufKey Public) NewRsa(string? passphrase)
    {
        using var key = RSA.Create(RsaBits);
        return (Export(key, passphrase), PublicKeys.Of(key));
    }

    private static (string Pem, TufKey Public) NewEd25519(string? passphrase)
    {
        var (pem, isPublic) = Ed25519Pem.New(passphrase, Encryption.IterationCount);
        return (pem, PublicKeys.OfEd25519(isPublic));
    }

    private static string Export(AsymmetricAlgorithm key, string? passphrase) => passphrase is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption);

    private static void Write(string path, string text, UnixFileMode mode)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
#pragma warning disable CA1416 // file modes are Linux's, and so are the programs
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode });
#pragma warning restore CA1416
            using var writer = new StreamWriter(file);
            writer.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RepositoryException($"The key {path} cannot be written: {exception.Message}", exception);
        }
    }
}
