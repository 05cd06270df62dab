using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Some pictures of a frozen set as a folder of files that compression reads: labels as a list, boxes as COCO's json; for segmenters the pictures alone, by which a small network is chosen that agrees with the large one.</summary>
internal static class SplitExport
{
    /// <param name="folder">There whole or not at all; one that is there is taken as it is, because a version never changes.</param>
    /// <param name="kind">What the network learnt of them.</param>
    /// <returns>What to give to compression: the list, the json, or the folder.</returns>
    /// <exception cref="TrainerException">A picture is gone or was changed, or the set knows neither classes nor boxes.</exception>
    public static string Write(OpenedVersion data, IReadOnlyList<VersionItem> items, string folder, DatasetKind kind, CancellationToken stop)
    {
        var version = data.Version;
        var truth = kind switch
        {
            DatasetKind.Classes => "labels.csv",
            DatasetKind.Boxes => "instances.json",
            DatasetKind.Segments => null,
            _ => throw new TrainerException($"{version.Name} holds {kind}: only networks for classes, boxes and segments can be compressed and released."),
        };
        if (!Directory.Exists(folder))
        {
            using var draft = new DraftDirectory(folder);
            var files = items.Select((item, i) => Picture(data, item, i, draft.Path, stop)).ToArray();
            if (truth is not null)
            {
                File.WriteAllBytes(Path.Combine(draft.Path, truth), kind == DatasetKind.Classes
                    ? LabelList.Write(files.Zip(items, (file, item) => (file, version.Classes[item.Class])))
                    : CocoFile.Of(version.Classes, [.. files.Zip(items, (file, item) => (file, item.Width, item.Height, item.Boxes ?? []))]).ToBytes());
            }

            draft.Publish();
        }

        return truth is null ? folder : Path.Combine(folder, truth);
    }

    private static string Picture(OpenedVersion data, VersionItem item, int number, string folder, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var picture = data.ReadPicture(item);
        var name = $"{number:00000}{(data.Find(item)!.IsEncoded ? Path.GetExtension(item.Name) : ".png")}";
        File.WriteAllBytes(Path.Combine(folder, name), picture);
        return name;
    }
}
