using System.Text.Json;
using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>COCO's object detection json: images, annotations with bbox (x, y, width, height in pixels), categories. Crowds are ignored, as COCO's own evaluation does.</summary>
internal static class CocoForm
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static bool Fits(DatasetSource source) => Find(source.Path) is not null;

    public static DatasetContent Read(DatasetSource source)
    {
        var path = Find(source.Path)!;
        try
        {
            using var json = JsonDocument.Parse(LimitedFile.Read(path), Strict);
            return Read(json.RootElement, path, source);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new CompressionException($"{path} is not COCO's json: {exception.Message} It has images (id, file_name), annotations (image_id, category_id, bbox) and categories (id, name).", exception);
        }
    }

    private static string? Find(string path) => File.Exists(path)
        ? path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : null
        : Directory.GetFiles(path, "*.json").Where(file => IsUsualName(Path.GetFileName(file))).ToArray() is [var only] ? only : null;

    private static bool IsUsualName(string name) => name.EndsWith("coco.json", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("instances", StringComparison.OrdinalIgnoreCase) || name.Equals("annotations.json", StringComparison.OrdinalIgnoreCase);

    private static DatasetContent Read(JsonElement root, string path, DatasetSource source)
    {
        var categories = new Dictionary<long, string>();
        foreach (var category in root.GetProperty("categories").EnumerateArray())
        {
            categories[category.GetProperty("id").GetInt64()] = category.GetProperty("name").GetString() ?? "";
        }

        var boxes = root.GetProperty("annotations").EnumerateArray().ToLookup(annotation => annotation.GetProperty("image_id").GetInt64(), annotation => Box(annotation, categories, path, source.Lookup));
        var images = root.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("id").GetInt64());
        var items = images.Select(image => Item(image.Value, boxes[image.Key], path, source)).ToArray();
        var orphans = boxes.Count(group => !images.ContainsKey(group.Key));
        return orphans == 0 ? new DatasetContent(DatasetKind.Boxes, items)
            : throw new CompressionException($"{path}: annotations name {orphans} images that are not among its images. Give both, or leave both out.");
    }

    private static TrueBox Box(JsonElement annotation, Dictionary<long, string> categories, string path, ClassLookup lookup)
    {
        var category = annotation.GetProperty("category_id").GetInt64();
        if (!categories.TryGetValue(category, out var name))
        {
            throw new CompressionException($"{path}: an annotation has category_id {category}, which is not among its categories ({string.Join(", ", categories.Keys.Take(12))}).");
        }

        var box = annotation.GetProperty("bbox");
        var (x, y) = (box[0].GetSingle(), box[1].GetSingle());
        var isCrowd = annotation.TryGetProperty("iscrowd", out var crowd) && crowd.ValueKind == JsonValueKind.Number && crowd.GetInt32() != 0;
        return new TrueBox(lookup.OfName(name), new BoundingBox(x, y, x + box[2].GetSingle(), y + box[3].GetSingle()), isCrowd);
    }

    private static DatasetItem Item(JsonElement image, IEnumerable<TrueBox> boxes, string path, DatasetSource source)
    {
        var name = image.GetProperty("file_name").GetString() ?? throw new CompressionException($"{path}: an image has no file_name.");
        return PictureFiles.Item(PictureFiles.Within(source.Folder, name, path), name, new Truth { Boxes = [.. boxes.Where(box => box.ClassId >= 0)] });
    }
}
