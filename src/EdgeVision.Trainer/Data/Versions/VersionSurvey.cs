using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>A frozen version looked at again, as it lies there now: its splits are given, and what is gone or changed is unreadable.</summary>
internal static class VersionSurvey
{
    public static Survey Of(OpenedVersion opened, int threads, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var version = opened.Version;
        // What is gone gets an item without a size, as a form gives it for a picture that it names and that is not there.
        var facts = Surveyor.Facts([.. version.Items.Select(item => opened.Find(item) ?? Gone(item.Name))], threads, progress, stop);
        return new Survey(version.Kind, version.Classes, version.Sources, [.. version.Items.Select((item, i) => new Candidate(item.Source, item.Name, item.Split, Same(item, facts[i]), item.Class, item.Boxes, null))]);
    }

    private static DatasetItem Gone(string name) => new(name, -1, Truth.Unknown, () => throw new IOException($"{name} is not there"));

    private static PictureFacts Same(VersionItem item, PictureFacts facts) => facts.Problem is not null || facts.Sha256 == item.Sha256 ? facts
        : facts with { Kind = FindingKind.Unreadable, Problem = $"{item.Name} was changed after the set was frozen" };
}
