using EdgeVision.Compression;

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

    /// <summary>Whether a frozen version is named, by the end of its name.</summary>
    public static bool IsVersion(string path) => path.EndsWith(".version.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Looks at all pictures.</summary>
    /// <exception cref="CompressionException">Nothing there, or a broken set.</exception>
    public Survey Survey(int threads, CancellationToken stop = default)
    {
        if (!IsVersion(Data))
        {
            return Surveyor.Survey(Sources(), Classes, threads, stop: stop);
        }

        using var opened = OpenedVersion.Open(Data);
        return VersionSurvey.Of(opened, threads, stop: stop);
    }

    /// <summary>What is named, ready to be trained from: a frozen version as it is, anything else frozen now, in memory alone.</summary>
    /// <exception cref="TrainerException">Training from it would be dishonest and nobody accepted that, or a split comes out empty.</exception>
    /// <exception cref="CompressionException">Nothing there, or a broken set.</exception>
    public OpenedVersion Open(FreezeOptions options, int threads, CancellationToken stop = default) =>
        IsVersion(Data) ? OpenedVersion.Open(Data) : new OpenedVersion(VersionFreezer.Freeze(QualityCheck.Run(Survey(threads, stop), stop: stop), options));

    private IEnumerable<VersionSource> Main() => Data == FashionMnist.Name && !Path.Exists(Data) ? FashionMnist.Sources().Select(source => source with { Aliases = Aliases }) : [Source(Data, null)];

    private VersionSource Source(string path, DataSplit? split) => new() { Path = path, Split = split, Pictures = Pictures, ClassNames = ClassNames, Masks = Masks, Aliases = Aliases };
}
