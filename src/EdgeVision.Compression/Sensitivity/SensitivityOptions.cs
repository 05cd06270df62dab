namespace EdgeVision.Compression;

/// <summary>How thoroughly sensitivity is measured.</summary>
public sealed record SensitivityOptions
{
    /// <summary>Samples, from the first on, that every layer is measured with; they and the network's answers to them are held in memory. Default 8, at least 1.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>How many of the most suspicious layers are tried in floats together: 0, 1, 2, 4 and so on up to this. Default 16; -1 tries none.</summary>
    public int Cumulative { get; init; } = 16;
}
