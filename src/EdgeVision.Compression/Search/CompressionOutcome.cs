namespace EdgeVision.Compression;

/// <summary>How a search ended.</summary>
public enum CompressionOutcome
{
    /// <summary>A package was written.</summary>
    Compressed,

    /// <summary>No variant lost little enough; only the report was written, and it says why.</summary>
    NothingGoodEnough,
}
