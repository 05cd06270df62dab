namespace EdgeVision.Compression;

/// <summary>How values are watched.</summary>
public sealed record CalibrationOptions
{
    /// <summary>What watching may take beside the network. A third of it is for the values themselves: a network that has more is run once for each part of them, and a value that alone is larger is watched alone. Default 48 MiB.</summary>
    public long MemoryBytes { get; init; } = 48L << 20;

    /// <summary>Bins of a value's histogram. Default 2048, 256 to 65536.</summary>
    public int Bins { get; init; } = 2048;
}
