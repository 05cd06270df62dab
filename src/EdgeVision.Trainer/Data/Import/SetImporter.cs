using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Copies a set of any form, packed or not, into a folder of one's own: pictures as files, labels as a list (file,label) or as COCO's json. What cannot be used stays behind.</summary>
/// <remarks>A source that is judged on comes into a folder of its own name (test), so that <c>--data DIR/train --test DIR/test</c> keeps the division. The folder is there whole or not at all.</remarks>
internal static class SetImporter
{
    private const string Images = "images";

    /// <param name="refused">Indices of candidates that are left behind.</param>
    /// <exception cref="TrainerException">The folder is there already.</exception>
    public static void Import(Survey survey, IReadOnlyCollection<int> refused, string folder, CancellationToken stop = default)
    {
        if (Path.Exists(folder))
        {
            throw new TrainerException($"{folder} is there already: give a new folder with --out.");
        }

        using var draft = new DraftDirectory(folder);
        for (var source = 0; source < survey.Sources.Count; source++)
        {
            var number = source;
            var kept = survey.Candidates.Where((candidate, i) => candidate.Source == number && !refused.Contains(i)).ToArray();
            var target = survey.Sources.Count == 1 ? draft.Path : Path.Combine(draft.Path, (survey.Sources[source].Split ?? DataSplit.Train).ToString().ToLowerInvariant());
            Copy(survey, survey.Sources[source], kept, target, stop);
        }

        draft.Publish();
    }

    private static void Copy(Survey survey, VersionSource source, Candidate[] kept, string target, CancellationToken stop)
    {
        using var set = SourceReader.Open(source, picturesOnly: true);
        var items = set.Items.ToDictionary(item => item.Name, StringComparer.Ordinal);
        var files = Array.ConvertAll(kept, candidate =>
        {
            stop.ThrowIfCancellationRequested();
            return Picture(items[candidate.Name], candidate, target);
        });
        switch (survey.Kind)
        {
            case DatasetKind.Classes:
                File.WriteAllBytes(Path.Combine(target, "labels.csv"), LabelList.Write(files.Zip(kept, (file, candidate) => (file, survey.Classes[candidate.Class]))));
                break;
            case DatasetKind.Boxes:
                File.WriteAllBytes(Path.Combine(target, "instances.json"), CocoFile.Of(survey.Classes, [.. files.Zip(kept, (file, candidate) => (file, candidate.Facts.Width, candidate.Facts.Height, candidate.Boxes!))]).ToBytes());
                break;
            default:
                break;
        }
    }

    private static string Picture(DatasetItem item, Candidate candidate, string target)
    {
        var name = item.IsEncoded ? item.Name : item.Name + ".png";
        var path = PictureFiles.Within(Path.Combine(target, Images), name, item.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoded(item, item.Stored()));
        if (candidate.MaskPath is not null)
        {
            var mask = Path.Combine(target, "masks", Images, Path.ChangeExtension(name, ".png"));
            Directory.CreateDirectory(Path.GetDirectoryName(mask)!);
            File.Copy(candidate.MaskPath, mask);
        }

        return $"{Images}/{name}";
    }

    /// <summary>The picture's file as it is, or bare pixels as PNG.</summary>
    public static byte[] Encoded(DatasetItem item, ReadOnlyMemory<byte> stored)
    {
        if (item.IsEncoded)
        {
            return stored.ToArray();
        }

        using var frame = item.Decode(stored);
        return ImageCodec.EncodePng(frame);
    }
}
