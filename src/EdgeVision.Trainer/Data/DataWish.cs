namespace EdgeVision.Trainer;

/// <summary>What somebody wants to be looked at or frozen.</summary>
internal sealed record DataWish
{
    /// <summary>Folder or file of any form, or fashion-mnist.</summary>
    public required string Data { get; init; }

    /// <summary>A set of its own to choose by; null = part of <see cref="Data"/>.</summary>
    public string? Validation { get; init; }

    /// <summary>A set of its own to test on; null = part of <see cref="Data"/>.</summary>
    public string? Test { get; init; }

    public string? Pictures { get; init; }

    public string? ClassNames { get; init; }

    public string? Masks { get; init; }

    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Classes in the order that is wanted, as of a model in service; empty = the set's own, in natural order.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    public IReadOnlyList<VersionSource> Sources() =>
        [.. Main(), .. Validation is null ? [] : new[] { Source(Validation, DataSplit.Validation) }, .. Test is null ? [] : new[] { Source(Test, DataSplit.Test) }];

    private IEnumerable<VersionSource> Main() => Data == FashionMnist.Name && !Path.Exists(Data) ? FashionMnist.Sources() : [Source(Data, null)];

    private VersionSource Source(string path, DataSplit? split) => new() { Path = path, Split = split, Pictures = Pictures, ClassNames = ClassNames, Masks = Masks, Aliases = Aliases };
}
