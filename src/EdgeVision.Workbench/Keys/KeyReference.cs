using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Workbench;

/// <summary>A key as it stands on the command line: a PEM file, or a PKCS#11 URI.</summary>
internal static class KeyReference
{
    /// <exception cref="RepositoryException">It cannot be opened.</exception>
    public static IRepositoryKey Open(string text, string? passphrase) => IsToken(text) ? Pkcs11Key.Open(text) : PemKey.Open(text, passphrase);

    /// <summary>The public key of a public or a private one: nobody needs another's private key to name him.</summary>
    public static TufKey ReadPublic(string text, string? passphrase)
    {
        if (!IsToken(text) && !PemKey.IsPrivate(text))
        {
            return PublicKeys.Read(text);
        }

        using var key = Open(text, passphrase);
        return key.PublicKey;
    }

    private static bool IsToken(string text) => text.StartsWith(Pkcs11Token.Scheme, StringComparison.Ordinal);
}
