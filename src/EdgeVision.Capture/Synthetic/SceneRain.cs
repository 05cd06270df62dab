using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>Streaks of rain before the camera, others in each frame.</summary>
internal sealed class SceneRain(RandomStream random, long seed, int width, int height)
{
    private readonly double _slant = random.Between(-0.35f, 0.35f);
    private readonly int _streaks = (int)(width * height / 900.0 * random.Between(0.4f, 1.4f));

    /// <param name="picture">BGR without padding.</param>
    /// <param name="day">1 by day, 0 at night.</param>
    public void Fall(Span<byte> picture, long frame, double day)
    {
        var drops = RandomStream.For(seed, SceneStreams.Rain, frame);
        var bright = (int)(70 + 140 * day);
        for (var i = 0; i < _streaks; i++)
        {
            var (x, y) = (drops.Between(0, width), drops.Between(-0.05f, 1) * height);
            var length = (int)(height * drops.Between(0.02f, 0.075f));
            var share = drops.Next(40) + 16;
            for (var step = 0; step < length; step++)
            {
                var (column, row) = ((int)(x + _slant * step), (int)y + step);
                if (column >= 0 && column < width && row >= 0 && row < height)
                {
                    foreach (ref var channel in picture.Slice((row * width + column) * 3, 3))
                    {
                        channel = (byte)(channel + (bright - channel) * share / 256);
                    }
                }
            }
        }
    }
}
