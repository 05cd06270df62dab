using System.Globalization;
using System.Text.Json;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>A hundred COCO pictures, with their persons and with what YOLOX-Nano saw in them elsewhere.</summary>
internal static class CocoPictures
{
    private static readonly char[] _blank = [' '];

    public static string[] Paths() => [.. Directory.GetFiles(TestData.Require("coco/val2017_100_images"), "*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>The person boxes of a picture, in its pixels; the labels hold (class, centre, size) relative to it, then key points.</summary>
    public static BoundingBox[] Persons(string path, int width, int height)
    {
        var labels = Path.Combine(TestData.Require("coco/val2017_100_person_keypoint_labels"), Path.GetFileNameWithoutExtension(path) + ".txt");
        return File.Exists(labels) ? [.. File.ReadLines(labels).Where(line => line.Length > 0).Select(line => Person(line, width, height))] : [];
    }

    /// <summary>The reference detections of every picture, by file name.</summary>
    public static Dictionary<string, ReferenceDetection[]> References()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("coco/reference_yolox_nano_fp32_thr0.25.json")));
        return json.RootElement.EnumerateObject().ToDictionary(picture => picture.Name, picture => picture.Value.EnumerateArray().Select(Reference).ToArray());
    }

    private static BoundingBox Person(string line, int width, int height)
    {
        var values = line.Split(_blank, 6).Take(5).Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return BoundingBox.FromCentre(values[1] * width, values[2] * height, values[3] * width, values[4] * height);
    }

    private static ReferenceDetection Reference(JsonElement entry)
    {
        var box = entry.GetProperty("box").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        return new ReferenceDetection(new BoundingBox(box[0], box[1], box[2], box[3]), entry.GetProperty("score").GetSingle(), entry.GetProperty("cls").GetInt32());
    }
}
