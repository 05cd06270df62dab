using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Some pictures of a frozen set as a folder of files that compression reads: labels as a list, boxes as COCO's json.</summary>
internal static class SplitExport
{
    /// <param name="folder">There whole or not at all; one that is there is taken as it is, because a version never changes.</param>
    /// <returns>What to give to compression: the list, or the json.</returns>
    /// <exception cref="TrainerException">A picture is gone or was changed, or the set knows neither classes nor boxes.</exception>
    public static string Write(OpenedVersion data, IReadOnlyList<VersionItem> items, string folder, CancellationToken stop)
    {
        var version = data.Version;
        var truth = version.Kind switch
        {
            DatasetKind.Classes => "labels.csv",
            DatasetKind.Boxes => "instances.json",
            _ => throw new TrainerException($"{version.Name} holds {version.Kind}: only networks for classes and for boxes can be compressed and released so far."),
        };
        if (!Directory.Exists(folder))
        {
            using var draft = new DraftDirectory(folder);
            var files = items.Select((item, i) => Picture(data, item, i, draft.Path, stop)).ToArray();
            File.WriteAllBytes(Path.Combine(draft.Path, truth), version.Kind == DatasetKind.Classes
                ? LabelList.Write(files.Zip(items, (file, item) => (file, version.Classes[item.Class])))
                : CocoFile.Of(version.Classes, [.. files.Zip(items, (file, item) => (file, item.Width, item.Height, item.Boxes ?? []))]).ToBytes());
            draft.Publish();
        }

        return Path.Combine(folder, truth);
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
