using SkiaSharp;

namespace EdgeVision.Imaging;

/// <summary>Compressed pictures to frames and back (JPEG, PNG, WebP, BMP) through SkiaSharp.</summary>
/// <remarks>Sizes are judged from the header, before memory is taken: a decompression bomb costs nothing. Any thread.</remarks>
public static class ImageCodec
{
    /// <summary>Pictures with more pixels are refused before anything is allocated for them. 64 million: an 8k frame twice over.</summary>
    public const long DefaultMaxPixels = 64_000_000;

    /// <summary>Decodes into a frame of its own (format BGR24). EXIF orientation is applied; transparency is laid on black.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="maxPixels">Width times height that is still accepted.</param>
    /// <param name="sourceId">The frame's; null = its name.</param>
    /// <exception cref="ImageException">Not a picture, of another format, cut short, or too large.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, string name, long maxPixels = DefaultMaxPixels, string? sourceId = null)
    {
        if (encoded.IsEmpty)
        {
            throw new ImageException($"{name} is empty.");
        }

        using var stream = new SKMemoryStream(encoded.ToArray());
        using var codec = SKCodec.Create(stream, out var opened)
            ?? throw new ImageException($"{name} is not a picture this program reads ({Reason(opened)}); JPEG, PNG, WebP and BMP are.");
        CheckHeader(codec, name, maxPixels);
        using var bitmap = DecodeBitmap(codec, name);
        using var upright = Upright(bitmap, codec.EncodedOrigin);
        return ToFrame(upright ?? bitmap, sourceId ?? name);
    }

    /// <summary>JPEG of a frame of any format, as it is.</summary>
    /// <param name="frame">Any format.</param>
    /// <param name="quality">0 to 100.</param>
    public static byte[] EncodeJpeg(Frame frame, int quality = 85)
    {
        using var bitmap = FrameBitmap.From(frame);
        return EncodeJpeg(bitmap, quality);
    }

    /// <summary>PNG of a frame of any format, as it is.</summary>
    public static byte[] EncodePng(Frame frame)
    {
        using var bitmap = FrameBitmap.From(frame);
        return EncodePng(bitmap);
    }

    /// <summary>The size that a picture file says it has, read from its header alone; null where it is none. A bomb costs nothing.</summary>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> encoded)
    {
        using var stream = new SKMemoryStream(encoded.ToArray());
        using var codec = SKCodec.Create(stream);
        return codec is null ? null : (codec.Info.Width, codec.Info.Height);
    }

    internal static byte[] EncodePng(SKBitmap bitmap)
    {
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return encoded.ToArray();
    }

    internal static byte[] EncodeJpeg(SKBitmap bitmap, int quality)
    {
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return encoded.ToArray();
    }

    private static void CheckHeader(SKCodec codec, string name, long maxPixels)
    {
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp))
        {
            throw new ImageException($"{name} is {codec.EncodedFormat.ToString().ToUpperInvariant()}, which is not read; convert it to JPEG or PNG.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1 || width > ImageLayout.MaxSide || height > ImageLayout.MaxSide || (long)width * height > maxPixels)
        {
            throw new ImageException($"{name} is {width}x{height}; at most {ImageLayout.MaxSide} a side and {maxPixels:N0} pixels are read.");
        }
    }

    private static SKBitmap DecodeBitmap(SKCodec codec, string name)
    {
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new ImageException($"{name} could not be decoded: {Reason(result)}.");
    }

    private static string Reason(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "it is cut short",
        SKCodecResult.ErrorInInput => "its data is damaged",
        SKCodecResult.Unimplemented => "its format is unknown",
        SKCodecResult.InvalidInput => "it is no picture",
        _ => result.ToString(),
    };

    /// <summary>The picture turned as the camera was held (EXIF 2 to 8), or null when it is upright.</summary>
    private static SKBitmap? Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.Default)
        {
            return null;
        }

        var (w, h) = (bitmap.Width, bitmap.Height);
        var swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var upright = new SKBitmap(new SKImageInfo(swapped ? h : w, swapped ? w : h, bitmap.ColorType, bitmap.AlphaType));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            _ => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        });
        canvas.DrawBitmap(bitmap, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return upright;
    }

    private static Frame ToFrame(SKBitmap bitmap, string sourceId)
    {
        var layout = new ImageLayout(PixelFormat.Bgr24, bitmap.Width, bitmap.Height);
        var frame = new FramePool(sourceId, layout, capacity: 1).TryRent()!;
        var (source, target) = (0, 0);
        var from = bitmap.GetPixelSpan();
        var to = frame.Pixels;
        for (var i = layout.Width * layout.Height; i > 0; i--)
        {
            from.Slice(source, 3).CopyTo(to[target..]);
            source += 4;
            target += 3;
        }

        return frame;
    }
}
