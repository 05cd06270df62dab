using System.Security.Cryptography;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>A data set as it was at one moment: pictures by their digests, labels, classes and splits. What is trained names it.</summary>
/// <remarks>
/// Pictures stay where they are; whoever opens one compares its digest. Example: 1,000 pictures, validation and test 0.15 each, is 700, 150 and 150 pictures, near duplicates on one side.
/// The same sources, options and seed give the same bytes. Immutable.
/// </remarks>
internal sealed record DatasetVersion
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Name { get; init; }

    public DatasetKind Kind { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether no picture has colour: then one channel shows all there is.</summary>
    public bool IsGrey { get; init; }

    /// <summary>Of the division.</summary>
    public long Seed { get; init; }

    public required IReadOnlyList<VersionSource> Sources { get; init; }

    /// <summary>In the order of their sources.</summary>
    public required IReadOnlyList<VersionItem> Items { get; init; }

    public IReadOnlyList<VersionExclusion> Excluded { get; init; } = [];

    /// <summary>Findings that somebody accepted when it was frozen.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <summary><c>sha256:</c> and 64 hex digits over everything but where it lies.</summary>
    public string Digest { get; init; } = "";

    public IEnumerable<VersionItem> Of(DataSplit split) => Items.Where(item => item.Split == split);

    /// <summary>The same with its digest.</summary>
    public DatasetVersion Sealed() => this with { Digest = ComputeDigest() };

    /// <exception cref="TrainerException">It was changed after it was frozen, or is of another format.</exception>
    public DatasetVersion Verified(string path) => Format != CurrentFormat
        ? throw new TrainerException($"{path} has format {Format}, this program reads {CurrentFormat}. Freeze the set again: edgevision-trainer data freeze.")
        : Digest == ComputeDigest() ? this
        : throw new TrainerException($"{path} was changed after it was frozen: its digest does not fit. Get it again, or freeze the set anew under another name.");

    private string ComputeDigest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(VersionJson.Write(this with { Digest = "", Name = "", Sources = [] })));
}
