using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Left and right exchanged, in half of all cases. Not for letters and digits.</summary>
internal sealed class HorizontalFlip : IAugmentation
{
    public string Name => "flip";

    public void Apply(Sample sample, RandomStream random)
    {
        if (random.Chance(0.5f))
        {
            Flip(sample);
        }
    }

    /// <summary>Example: in a picture 10 wide, x from 1 to 4 becomes 6 to 9.</summary>
    public static void Flip(Sample sample)
    {
        var width = sample.Width;
        var pixels = sample.Pixels;
        for (var y = 0; y < sample.Height; y++)
        {
            var row = pixels.Slice(y * width * sample.Channels, width * sample.Channels);
            if (sample.Channels == 1)
            {
                row.Reverse();
            }
            else
            {
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Bgr>(row).Reverse();
            }

            if (sample.HasMask)
            {
                sample.Mask.Slice(y * width, width).Reverse();
            }
        }

        BoxGeometry.Map(sample, width, sample.Height, box => new BoundingBox(width - box.X2, box.Y1, width - box.X1, box.Y2));
    }

    private readonly record struct Bgr(byte Blue, byte Green, byte Red);
}
