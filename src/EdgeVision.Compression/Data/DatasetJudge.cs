using System.Globalization;
using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>What is wrong with a set that was read: what cannot be meant is an error, what may be meant a warning.</summary>
internal static class DatasetJudge
{
    private const int EnoughToJudge = 10;

    /// <exception cref="CompressionException">Nothing in it, a name twice, no picture there, or boxes that are none.</exception>
    public static IReadOnlyList<string> Check(DatasetContent content, string path, bool keepFlawed)
    {
        RequireItems(content.Items, path);
        RequirePictures(content.Items, path);
        return content.Kind switch
        {
            DatasetKind.Classes => Classes(content.Items, path),
            DatasetKind.Boxes => Boxes(content.Items, path, keepFlawed),
            _ => [],
        };
    }

    private static void RequireItems(IReadOnlyList<DatasetItem> items, string path)
    {
        if (items.Count == 0)
        {
            throw new CompressionException($"{path} holds no picture.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        if (items.FirstOrDefault(item => !names.Add(item.Name)) is { } twice)
        {
            throw new CompressionException($"{path}: {twice.Name} stands there twice. Which label is meant? Keep one.");
        }
    }

    private static void RequirePictures(IReadOnlyList<DatasetItem> items, string path)
    {
        if (items.All(item => item.Size < 0))
        {
            throw new CompressionException($"{path}: none of its {items.Count} pictures is there, for example {items[0].Name}. Say where they lie with --images DIR.");
        }
    }

    private static IReadOnlyList<string> Classes(IReadOnlyList<DatasetItem> items, string path) =>
        items.Count >= EnoughToJudge && items.Select(item => item.Truth.ClassId).Distinct().Count() == 1
            ? [$"{path}: all {items.Count} pictures are of one class; a model that always says it would be right every time."] : [];

    private static IReadOnlyList<string> Boxes(IReadOnlyList<DatasetItem> items, string path, bool keepFlawed)
    {
        var boxes = items.SelectMany(item => item.Truth.Boxes.Select(truth => (item.Name, truth.Box, item.Truth.IsRelative))).ToArray();
        if (boxes.Length == 0)
        {
            throw new CompressionException($"{path}: none of its {items.Count} pictures has a box of a class that the model tells.");
        }

        var flat = Array.FindAll(boxes, box => !(box.Box.Width > 0) || !(box.Box.Height > 0));
        var outside = Array.FindAll(boxes, box => IsOutside(box.Box, box.IsRelative));
        return flat.Length > 0 && !keepFlawed
            ? throw new CompressionException(string.Create(CultureInfo.InvariantCulture, $"{path}: {flat.Length} boxes have no area, for example in {flat[0].Name}: ({flat[0].Box.X1}, {flat[0].Box.Y1}) to ({flat[0].Box.X2}, {flat[0].Box.Y2}). Correct or remove them."))
            : outside.Length > 0 ? [$"{path}: {outside.Length} of {boxes.Length} boxes lie partly outside their picture, for example in {outside[0].Name}."] : [];
    }

    private static bool IsOutside(BoundingBox box, bool isRelative)
    {
        const float slack = 0.01f;
        var limit = isRelative ? 1 + slack : ImageLayout.MaxSide;
        return box.X1 < (isRelative ? -slack : -1) || box.Y1 < (isRelative ? -slack : -1) || box.X2 > limit || box.Y2 > limit;
    }
}
