using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeVision.Trainer;

/// <summary>COCO's object detection json, as it is written.</summary>
internal sealed record CocoFile(IReadOnlyList<CocoCategory> Categories, IReadOnlyList<CocoImage> Images, IReadOnlyList<CocoAnnotation> Annotations)
{
    public static CocoFile Of(IReadOnlyList<string> classes, IReadOnlyList<Candidate> candidates, IReadOnlyList<string> files)
    {
        var boxes = candidates.SelectMany((candidate, image) => candidate.Boxes!.Select(box => (image, box)));
        return new CocoFile(
            [.. classes.Select((name, id) => new CocoCategory(id, name))],
            [.. candidates.Select((candidate, id) => new CocoImage(id, files[id], candidate.Facts.Width, candidate.Facts.Height))],
            [.. boxes.Select((each, id) => new CocoAnnotation(id, each.image, each.box.Class, [each.box.X1, each.box.Y1, each.box.X2 - each.box.X1, each.box.Y2 - each.box.Y1], each.box.Ignored ? 1 : 0))]);
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, new CocoJson(new JsonSerializerOptions(CocoJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).CocoFile);
}
