using System.Text.Json;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>A hundred COCO pictures, with what YOLOX-Nano saw in them elsewhere.</summary>
internal static class CocoPictures
{
    public static string[] Paths() => [.. Directory.GetFiles(TestData.Require("coco/val2017_100_images"), "*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>The reference detections of every picture, by file name.</summary>
    public static Dictionary<string, ReferenceDetection[]> References()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("coco/reference_yolox_nano_fp32_thr0.25.json")));
        return json.RootElement.EnumerateObject().ToDictionary(picture => picture.Name, picture => picture.Value.EnumerateArray().Select(Reference).ToArray());
    }

    private static ReferenceDetection Reference(JsonElement entry)
    {
        var box = entry.GetProperty("box").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        return new ReferenceDetection(new BoundingBox(box[0], box[1], box[2], box[3]), entry.GetProperty("score").GetSingle(), entry.GetProperty("cls").GetInt32());
    }
}
