namespace EdgeVision.Packaging.Repository;

/// <summary>The key types of TUF 1.0 that every client must know.</summary>
public enum KeyAlgorithm
{
    /// <summary>NIST P-256 with SHA-256: small, and at home in every token.</summary>
    Ecdsa,
    Ed25519,

    /// <summary>RSA-PSS with SHA-256, 3072 bits.</summary>
    Rsa,
}
