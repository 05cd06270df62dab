using SkiaSharp;

namespace EdgeVision.Imaging;

/// <summary>Frames as SkiaSharp bitmaps (BGRA), for encoding and drawing.</summary>
internal static class FrameBitmap
{
    public static SKBitmap From(Frame frame, int maxWidth = int.MaxValue)
    {
        // The very conversion that models see: a person looks at what the network looked at.
        var width = Math.Min(frame.Width, maxWidth);
        var height = Math.Max(1, (int)((long)frame.Height * width / frame.Width));
        var spec = new TensorSpec { Width = width, Height = height, Resize = ResizeMode.Stretch, Antialias = width < frame.Width, Type = TensorType.UInt8 };
        var planes = new byte[spec.Length];
        new ImageToTensor(spec).Convert(frame, planes);
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        var count = width * height;
        for (var i = 0; i < count; i++)
        {
            pixels[4 * i] = planes[i];
            pixels[4 * i + 1] = planes[count + i];
            pixels[4 * i + 2] = planes[2 * count + i];
            pixels[4 * i + 3] = 255;
        }

        return bitmap;
    }
}
