namespace EdgeVision.Trainer.Tests;

/// <summary>Small pictures written out by hand.</summary>
internal static class Samples
{
    public static Sample Grey(int width, params byte[] pixels)
    {
        var sample = new Sample();
        sample.Reset(width, pixels.Length / width, 1, hasMask: false);
        pixels.CopyTo(sample.Pixels);
        return sample;
    }

    /// <summary>A ramp, bright to the right and below, with a mask of 1 in its left half.</summary>
    public static Sample Ramp(int width, int height, int channels = 1, params VersionBox[] boxes)
    {
        var sample = new Sample();
        sample.Reset(width, height, channels, hasMask: true);
        for (var i = 0; i < sample.Pixels.Length; i++)
        {
            var (x, y) = (i / channels % width, i / channels / width);
            sample.Pixels[i] = (byte)(x * 160 / width + y * 80 / height + i % channels * 5);
            sample.Mask[y * width + x] = (byte)(x < width / 2 ? 1 : 0);
        }

        sample.Boxes.AddRange(boxes);
        return sample;
    }
}
