using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>A private key that signs metadata. It lies in a file (<see cref="PemKey"/>), or in a token that never gives it away (PKCS#11, in the Workbench).</summary>
public interface IRepositoryKey : IDisposable
{
    /// <summary>Where the key is, for people: a path or a token's label. Never the key, never a PIN.</summary>
    string Name { get; }

    TufKey PublicKey { get; }

    /// <returns>The signature over the message itself, in the form that metadata carries: DER for ECDSA, salt of 32 bytes for RSA-PSS.</returns>
    /// <exception cref="RepositoryException">The token refused.</exception>
    byte[] Sign(byte[] message);
}
