using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Top and bottom exchanged, in half of all cases: for surfaces and whatever else has no up.</summary>
internal sealed class VerticalFlip : IAugmentation
{
    public string Name => "turn";

    public void Apply(Sample sample, RandomStream random)
    {
        if (random.Chance(0.5f))
        {
            Flip(sample);
        }
    }

    /// <summary>Example: in a picture 10 high, y from 1 to 4 becomes 6 to 9.</summary>
    public static void Flip(Sample sample)
    {
        var (width, height) = (sample.Width, sample.Height);
        FlipRows(sample.Pixels, width * sample.Channels, height);
        if (sample.HasMask)
        {
            FlipRows(sample.Mask, width, height);
        }

        BoxGeometry.Map(sample, width, height, box => new BoundingBox(box.X1, height - box.Y2, box.X2, height - box.Y1));
    }

    private static void FlipRows(Span<byte> values, int row, int rows)
    {
        for (var y = 0; y < rows / 2; y++)
        {
            var top = values.Slice(y * row, row);
            var bottom = values.Slice((rows - 1 - y) * row, row);
            for (var x = 0; x < row; x++)
            {
                (top[x], bottom[x]) = (bottom[x], top[x]);
            }
        }
    }
}
