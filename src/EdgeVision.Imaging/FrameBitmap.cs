using SkiaSharp;

namespace EdgeVision.Imaging;

/// <summary>Frames as SkiaSharp bitmaps (BGRA), for encoding and drawing.</summary>
internal static class FrameBitmap
{
    public static SKBitmap From(Frame frame)
    {
        // The very conversion that models see, at the picture's own size: a person looks at what the network looked at.
        var spec = new TensorSpec { Width = frame.Width, Height = frame.Height, Resize = ResizeMode.Stretch, Type = TensorType.UInt8 };
        var planes = new byte[spec.Length];
        new ImageToTensor(spec).Convert(frame, planes);
        var bitmap = new SKBitmap(new SKImageInfo(frame.Width, frame.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        var count = frame.Width * frame.Height;
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
