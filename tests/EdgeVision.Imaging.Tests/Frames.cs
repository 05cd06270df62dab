
namespace EdgeVision.Imaging.Tests;

/// <summary>Frames made by hand.</summary>
internal static class Frames
{
    public static Frame Of(ImageLayout layout, ReadOnlySpan<byte> pixels)
    {
        var frame = new FramePool("test", layout, 1).TryRent()!;
        pixels.CopyTo(frame.Pixels);
        return frame;
    }

    public static Frame Random(PixelFormat format, int width, int height, int seed, int padding = 0)
    {
        var tight = new ImageLayout(format, width, height);
        var frame = new FramePool("test", new ImageLayout(format, width, height, tight.Stride + padding), 1).TryRent()!;
        new Random(seed).NextBytes(frame.Pixels);
        return frame;
    }
}
