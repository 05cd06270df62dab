namespace EdgeVision.Compression;

/// <summary>What is preferred among the variants that see well enough.</summary>
public enum CompressionObjective
{
    /// <summary>The one that takes least time on this machine, one thread.</summary>
    Fastest,

    /// <summary>The one with the smallest file.</summary>
    Smallest,
}
