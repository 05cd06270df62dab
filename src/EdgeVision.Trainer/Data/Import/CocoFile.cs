using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeVision.Trainer;

/// <summary>COCO's object detection json, as it is written.</summary>
internal sealed record CocoFile(IReadOnlyList<CocoCategory> Categories, IReadOnlyList<CocoImage> Images, IReadOnlyList<CocoAnnotation> Annotations)
{
    /// <param name="pictures">File name, size and boxes of each.</param>
    public static CocoFile Of(IReadOnlyList<string> classes, IReadOnlyList<(string File, int Width, int Height, IReadOnlyList<VersionBox> Boxes)> pictures)
    {
        var boxes = pictures.SelectMany((picture, image) => picture.Boxes.Select(box => (image, box)));
        return new CocoFile(
            [.. classes.Select((name, id) => new CocoCategory(id, name))],
            [.. pictures.Select((picture, id) => new CocoImage(id, picture.File, picture.Width, picture.Height))],
            [.. boxes.Select((each, id) => new CocoAnnotation(id, each.image, each.box.Class, [each.box.X1, each.box.Y1, each.box.X2 - each.box.X1, each.box.Y2 - each.box.Y1], each.box.Ignored ? 1 : 0))]);
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, new CocoJson(new JsonSerializerOptions(CocoJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).CocoFile);
}
