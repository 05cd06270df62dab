using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>The pictures of a golden set as frames.</summary>
internal static class GoldenPictures
{
    /// <summary>A 4k frame; what a device can be asked to decode in a limited process.</summary>
    private const long MaxPixels = 3840 * 2160;

    /// <exception cref="ImageException">Not a picture, damaged, or too large; the message names it.</exception>
    public static Frame Decode(GoldenFrame golden) => ImageCodec.Decode(golden.Picture.Span, golden.Name, MaxPixels);
}
