namespace EdgeVision.Packaging.Tuf;

/// <summary>Which promise of the repository was broken, or why it could not be asked.</summary>
public enum TufFailure
{
    /// <summary>A signature of a key that counts does not match: bytes were changed, or signed by somebody else.</summary>
    Signature,

    /// <summary>Every signature that counts is good, but there are too few of them.</summary>
    Threshold,

    /// <summary>Newest known metadata is past its date: the repository was not renewed, is being held back, or this clock is wrong.</summary>
    Expired,

    /// <summary>A version is lower than one already trusted.</summary>
    Rollback,

    /// <summary>Files of different releases: versions, lengths or digests do not agree with the metadata that names them.</summary>
    MixMatch,

    /// <summary>Not metadata: broken JSON, a missing field, a value out of its limits.</summary>
    Format,

    /// <summary>More bytes or steps than anything of its kind may have.</summary>
    TooLarge,

    /// <summary>The repository cannot be reached or read.</summary>
    Fetch,

    /// <summary>Metadata that must be there, or a target, is not.</summary>
    NotFound,

    /// <summary>The directory with trusted metadata cannot be read or written.</summary>
    Storage,
}
