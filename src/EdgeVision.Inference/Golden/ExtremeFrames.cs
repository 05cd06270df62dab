using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>The daemon's own pictures: what cameras show at night, in the sun and when they break, and where networks give NaN first. Nothing is expected of the answers but numbers.</summary>
/// <remarks>Of the size of the network's input, so that no resizing softens them; the same on every device. Each frame is the caller's to dispose.</remarks>
internal static class ExtremeFrames
{
    private const int NoiseSeed = 54;

    public static IReadOnlyList<string> Names { get; } = ["black", "white", "saturated", "noise", "speck"];

    public static Frame Make(string name, Manifest manifest)
    {
        var shape = manifest.Io.Inputs[0].Shape;
        var (width, height) = shape is [_, _, > 0 and <= 4096, > 0 and <= 4096] ? (shape[3], shape[2]) : (640, 480);
        var frame = new FramePool(name, new ImageLayout(PixelFormat.Bgr24, width, height), capacity: 1).TryRent()!;
        Paint(name, frame.Pixels, width);
        return frame;
    }

    private static void Paint(string name, Span<byte> pixels, int width)
    {
        pixels.Clear();
        switch (name)
        {
            case "white":
                pixels.Fill(255);
                break;
            case "saturated":
                Saturate(pixels, width);
                break;
            case "noise":
                new Random(NoiseSeed).NextBytes(pixels);
                break;
            case "speck":
                pixels.Slice(pixels.Length / 6 * 3, 3).Fill(255);
                break;
        }
    }

    /// <summary>A chessboard of single pixels in full blue, green and red: the steepest edges there are.</summary>
    private static void Saturate(Span<byte> pixels, int width)
    {
        for (var i = 0; i < pixels.Length / 3; i++)
        {
            pixels[(i * 3) + (((i % width) + (i / width)) % 3)] = 255;
        }
    }
}
