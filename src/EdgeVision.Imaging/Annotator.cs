using System.Globalization;
using SkiaSharp;

namespace EdgeVision.Imaging;

/// <summary>Pictures for people: the frame with boxes and labels drawn on it.</summary>
public static class Annotator
{
    private static readonly Lazy<SKTypeface> _typeface = new(LoadTypeface);

    /// <summary>JPEG of the frame with a box and "label 0.87" for each detection; colour by class.</summary>
    /// <param name="maxWidth">Pixels; a wider frame is made smaller, boxes and letters keep their size.</param>
    public static (byte[] Jpeg, int Width, int Height) DrawJpeg(Frame frame, Detections detections, IReadOnlyList<string> labels, int quality = 85, int maxWidth = int.MaxValue)
    {
        using var bitmap = FrameBitmap.From(frame, maxWidth);
        // Legible on a phone and on a wall: a thirtieth of the picture's height, 12 pixels at least.
        Draw(bitmap, frame.Width, detections, Math.Max(12, bitmap.Height / 30f), i => LabelOf(labels, detections.ClassIds[i])
            + (detections.TrackerIds[i] == 0 ? "" : $" #{detections.TrackerIds[i]}") + string.Create(CultureInfo.InvariantCulture, $" {detections.Confidences[i]:0.00}"));
        return (ImageCodec.EncodeJpeg(bitmap, quality), bitmap.Width, bitmap.Height);
    }

    /// <summary>PNG of the frame with a box and its label for each truth: detections whose confidence nobody asks for.</summary>
    /// <param name="letters">Height of the letters, pixels.</param>
    public static byte[] DrawPng(Frame frame, Detections truths, IReadOnlyList<string> labels, float letters = 12)
    {
        using var bitmap = FrameBitmap.From(frame);
        Draw(bitmap, frame.Width, truths, letters, i => LabelOf(labels, truths.ClassIds[i]));
        return ImageCodec.EncodePng(bitmap);
    }

    private static string LabelOf(IReadOnlyList<string> labels, int classId) => classId < labels.Count ? labels[classId] : classId.ToString(CultureInfo.InvariantCulture);

    private static void Draw(SKBitmap bitmap, int frameWidth, Detections detections, float letters, Func<int, string> textOf)
    {
        using var canvas = new SKCanvas(bitmap);
        using var font = new SKFont(_typeface.Value, letters);
        var scale = (float)bitmap.Width / frameWidth;
        for (var i = 0; i < detections.Count; i++)
        {
            var box = detections.Boxes[i];
            Draw(canvas, font, bitmap.Width, new BoundingBox(box.X1 * scale, box.Y1 * scale, box.X2 * scale, box.Y2 * scale), textOf(i), ColorOf(detections.ClassIds[i]));
        }

        canvas.Flush();
    }

    private static void Draw(SKCanvas canvas, SKFont font, int pictureWidth, BoundingBox box, string text, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };
        canvas.DrawRect(box.X1, box.Y1, box.Width, box.Height, paint);
        var width = font.MeasureText(text) + 6;
        var height = font.Size * 1.25f;
        var top = box.Y1 >= height ? box.Y1 - height : box.Y1;
        var left = Math.Max(0, Math.Min(box.X1 - 1, pictureWidth - width));
        paint.Style = SKPaintStyle.Fill;
        canvas.DrawRect(left, top, width, height, paint);
        paint.Color = SKColors.Black;
        canvas.DrawText(text, left + 3, top + font.Size, SKTextAlign.Left, font, paint);
    }

    /// <summary>Neighbouring classes get distant hues: steps of the golden angle.</summary>
    private static SKColor ColorOf(int classId) => SKColor.FromHsv(classId * 137.5f % 360, 75, 100);

    private static SKTypeface LoadTypeface()
    {
        using var stream = typeof(Annotator).Assembly.GetManifestResourceStream("EdgeVision.Imaging.Fonts.DejaVuSans-Latin.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
