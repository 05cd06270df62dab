namespace EdgeVision.Trainer;

/// <summary>Where pictures of a version lie, and how what lies there is read.</summary>
/// <remarks>Without <see cref="Split"/> the pictures are divided. Paths in a written version are seen from its folder where they lie below it, else full.</remarks>
internal sealed record VersionSource
{
    /// <summary>A folder or file of any form that <c>Dataset</c> reads, maybe with <c>#part</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The one split that all of it belongs to; null = it is divided.</summary>
    public DataSplit? Split { get; init; }

    /// <summary>Where the pictures lie when not where the form says.</summary>
    public string? Pictures { get; init; }

    /// <summary>File of class names of numbered classes.</summary>
    public string? ClassNames { get; init; }

    /// <summary>Names of numbered classes, in their order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>theirs = ours; an empty one leaves the class out.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder of masks, PNG, named like their pictures; "beside" = beside each picture.</summary>
    public string? Masks { get; init; }
}
