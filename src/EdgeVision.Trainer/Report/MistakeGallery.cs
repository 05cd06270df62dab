using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Measurement;

namespace EdgeVision.Trainer.Report;

/// <summary>The pictures that a network is worst at: of classes the wrong answers that it is surest of, of boxes those with the least average precision.</summary>
internal static class MistakeGallery
{
    private const int MostClasses = 24, MostBoxes = 8;
    private const int SmallSide = 96, MaxWidth = 320, MaxBoxedWidth = 560, Quality = 82;

    public static IReadOnlyList<Mistake> Of(Judgement judged) => judged.Kind == DatasetKind.Boxes
        ? [.. judged.Pictures.Where(picture => picture.Outcome.Score < 1).OrderBy(picture => picture.Outcome.Score).Take(MostBoxes).Select(picture => Boxed(picture, judged.Classes))]
        : [.. judged.Pictures.Where(picture => !picture.Outcome.IsRight).OrderByDescending(picture => picture.Confidence).Take(MostClasses).Select(picture => Classed(picture, judged.Classes))];

    private static Mistake Classed(JudgedPicture picture, IReadOnlyList<string> classes)
    {
        using var frame = picture.Item.Open();
        // Small ones pixel for pixel, because JPEG would smear what there is to see.
        var data = Math.Max(frame.Width, frame.Height) <= SmallSide
            ? Uri("png", ImageCodec.EncodePng(frame))
            : Uri("jpeg", Annotator.DrawJpeg(frame, new Detections(1), classes, Quality, MaxWidth).Jpeg);
        return new Mistake(picture.Item.Name, classes[picture.Truth], $"{classes[picture.Answer]} {PageText.Percent(picture.Confidence)}", [data]);
    }

    private static Mistake Boxed(JudgedPicture picture, IReadOnlyList<string> classes)
    {
        using var frame = picture.Item.Open();
        var truth = new Detections(Math.Max(1, picture.Item.Truth.Boxes.Count));
        foreach (var box in picture.Item.Truth.BoxesIn(frame.Width, frame.Height))
        {
            truth.Add(box.Box, 1, box.ClassId);
        }

        return new Mistake(picture.Item.Name, picture.Outcome.Expected, $"{picture.Outcome.Answered}; average precision {PageText.Number(picture.Outcome.Score)}",
            [.. new[] { truth, picture.Boxes }.Select(boxes => Uri("jpeg", Annotator.DrawJpeg(frame, boxes, classes, Quality, MaxBoxedWidth).Jpeg))]);
    }

    private static string Uri(string type, byte[] bytes) => $"data:image/{type};base64,{Convert.ToBase64String(bytes)}";
}
