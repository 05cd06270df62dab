namespace EdgeVision.Trainer;

/// <summary>One picture of a version, with what is true of it.</summary>
internal sealed record VersionItem
{
    /// <summary>Into <see cref="DatasetVersion.Sources"/>.</summary>
    public int Source { get; init; }

    /// <summary>Its path within the source.</summary>
    public required string Name { get; init; }

    /// <summary>Of the stored bytes, 64 hex digits.</summary>
    public required string Sha256 { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public DataSplit Split { get; init; }

    /// <summary>Into <see cref="DatasetVersion.Classes"/>; -1 = the set has boxes, or nothing is known.</summary>
    public int Class { get; init; } = -1;

    /// <summary>Null where the set has no boxes.</summary>
    public IReadOnlyList<VersionBox>? Boxes { get; init; }

    /// <summary>Of the mask's bytes; null where the picture has none.</summary>
    public string? MaskSha256 { get; init; }
}
