using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Pictures of parts: grey waves with noise; every fourth has a dark spot, which its mask shows.</summary>
internal static class Parts
{
    /// <summary>Into the folders parts/good and parts/spotted; masks into masks/good and masks/spotted.</summary>
    public static void Write(PictureSet set, int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            Write(set, i, size, isBad: i % 4 == 0);
        }
    }

    private static void Write(PictureSet set, int number, int size, bool isBad)
    {
        var random = RandomStream.For(3, number);
        using var frame = new FramePool("part", new ImageLayout(PixelFormat.Gray8, size, size), capacity: 1).TryRent()!;
        using var mask = new FramePool("mask", new ImageLayout(PixelFormat.Gray8, size, size), capacity: 1).TryRent()!;
        var (phase, spotX, spotY) = (random.NextFloat() * 6, 6 + random.Next(size - 12), 6 + random.Next(size - 12));
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (i % size, i / size);
            var isSpot = isBad && (x - spotX) * (x - spotX) + (y - spotY) * (y - spotY) < 12;
            mask.Pixels[i] = (byte)(isSpot ? 255 : 0);
            frame.Pixels[i] = (byte)Math.Clamp(150 + 25 * MathF.Sin(x * 0.6f + phase) + 6 * random.Normal() - (isSpot ? 70 : 0), 0, 255);
        }

        var name = $"{(isBad ? "spotted" : "good")}/{number}.png";
        set.Write($"parts/{name}", ImageCodec.EncodePng(frame)).Write($"masks/{name}", ImageCodec.EncodePng(mask));
    }
}
