using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Measurement;

/// <summary>Pictures that a network did not learn from, as the set that models are evaluated on.</summary>
internal static class HeldOut
{
    /// <summary>The test pictures of a frozen version, each compared with its digest when it is opened.</summary>
    /// <param name="data">Becomes the set's, which closes it.</param>
    /// <param name="run">Whose network is judged; a segmenter's by the masks.</param>
    public static Dataset Of(OpenedVersion data, RunDescription? run = null)
    {
        var version = data.Version;
        var (kind, classes) = run is null ? (version.Kind, version.Classes) : (run.Kind, run.Classes);
        var items = version.Of(DataSplit.Test).Where(item => kind != DatasetKind.Segments || item.MaskSha256 is not null).Select(item => new DatasetItem(item.Name, 0, TruthOf(data, item), () => data.OpenPicture(item)));
        return new Dataset(kind, new DatasetClasses(classes), [.. items], version.Digest, [], data);
    }

    /// <summary>What is named: of a frozen version the test pictures, of any other set all.</summary>
    /// <param name="classes">Of the model, in its order.</param>
    /// <param name="aliases">Theirs to the model's, as it learnt them; a frozen version has them in it.</param>
    /// <exception cref="TrainerException">Other classes than the model's, or nothing to test on.</exception>
    /// <exception cref="CompressionException">Nothing there, a broken set, or a class that the model does not tell.</exception>
    public static Dataset Open(string path, IReadOnlyList<string> classes, IReadOnlyDictionary<string, string> aliases)
    {
        if (DataWish.IsVersion(path))
        {
            return OfVersion(path, classes);
        }

        return path == FashionMnist.Name && !System.IO.Path.Exists(path)
            ? SourceReader.Open(FashionMnist.Sources().Single(source => source.Split == DataSplit.Test))
            : Dataset.Open(path, new DatasetOptions { Labels = classes, Aliases = aliases });
    }

    private static Dataset OfVersion(string path, IReadOnlyList<string> classes)
    {
        var opened = OpenedVersion.Open(path);
        try
        {
            ClassNames.RequireSame(classes, "the run", opened.Version.Classes, path);
            return opened.Version.Of(DataSplit.Test).Any() ? Of(opened) : throw new TrainerException($"{path} has no test pictures. Freeze it again with --test-share above 0.");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static Truth TruthOf(OpenedVersion data, VersionItem item) => new()
    {
        ClassId = item.Class,
        Boxes = [.. (item.Boxes ?? []).Select(box => new TrueBox(box.Class, new BoundingBox(box.X1, box.Y1, box.X2, box.Y2), box.Ignored))],
        Mask = item.MaskSha256 is null ? null : () => data.OpenMask(item)!,
    };
}
