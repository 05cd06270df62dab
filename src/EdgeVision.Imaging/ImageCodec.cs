namespace EdgeVision.Imaging;

/// <summary>Compressed pictures to frames and back (JPEG, PNG, WebP, BMP) through SkiaSharp.</summary>
public static class ImageCodec
{
    /// <summary>Pictures with more pixels are refused before anything is allocated for them. 64 million: a 8k frame twice over.</summary>
    public const long DefaultMaxPixels = 64_000_000;

    /// <summary>Decodes into a frame of its own (format BGR24). EXIF orientation is applied.</summary>
    /// <exception cref="ImageException">Not a picture, cut short, or more than <paramref name="maxPixels"/>.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, string name, long maxPixels = DefaultMaxPixels) => throw new NotImplementedException();

    /// <summary>JPEG of a frame of any format.</summary>
    public static byte[] EncodeJpeg(Frame frame, int quality = 85) => throw new NotImplementedException();
}
