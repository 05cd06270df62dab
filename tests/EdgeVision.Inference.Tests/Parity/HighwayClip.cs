using System.Globalization;
using System.Text.Json;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>A minute of a highway at 3 frames a second with every vehicle boxed; frame k, counted from 1, is picture k.jpg of the truth.</summary>
internal static class HighwayClip
{
    public static string Path => TestData.Require("video/ngsim_us101_seq1_3fps.mp4");

    public static ILookup<int, BoundingBox> VehiclesByFrame()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Require("traffic/ngsim_us101_seq1/GT.coco.json")));
        var frameOf = json.RootElement.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("id").GetInt32(), FrameNumber);
        return json.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(vehicle => (Frame: frameOf[vehicle.GetProperty("image_id").GetInt32()], Box: Box(vehicle.GetProperty("bbox"))))
            .ToLookup(vehicle => vehicle.Frame, vehicle => vehicle.Box);
    }

    private static int FrameNumber(JsonElement image) =>
        int.Parse(System.IO.Path.GetFileNameWithoutExtension(image.GetProperty("file_name").GetString()!), CultureInfo.InvariantCulture);

    private static BoundingBox Box(JsonElement values)
    {
        var (x, y, width, height) = (values[0].GetSingle(), values[1].GetSingle(), values[2].GetSingle(), values[3].GetSingle());
        return new BoundingBox(x, y, x + width, y + height);
    }
}
