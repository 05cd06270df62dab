namespace EdgeVision.Compression;

/// <summary>Over what channels compete.</summary>
public enum PruningScope
{
    /// <summary>All over the network, each against the mean of its own group: groups with many weak channels lose more of them.</summary>
    Global,

    /// <summary>Within their group: each loses the same share.</summary>
    Uniform,
}
