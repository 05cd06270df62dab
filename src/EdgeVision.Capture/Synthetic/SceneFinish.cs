namespace EdgeVision.Capture;

/// <summary>From the canvas to the bytes of a frame: what stands still, beams and shadows on it, the bodies, dazzle, rain, and the sensor's faults.</summary>
internal sealed class SceneFinish(SceneCanvas canvas, SceneBackdrop backdrop, SceneLamps lamps, SceneRain? rain, SceneSensor sensor)
{
    private const int Fine = SceneCanvas.Fineness;
    private readonly int _width = canvas.Width / Fine;
    private readonly int _height = canvas.Height / Fine;

    /// <param name="picture">BGR without padding.</param>
    /// <param name="dx">How far the picture is pushed aside, pixels.</param>
    /// <param name="day">1 by day, 0 at night.</param>
    public void Paint(Span<byte> picture, long frame, int dx, int dy, double day)
    {
        var still = backdrop.At(day);
        var bright = lamps.HasBeams ? backdrop.Day : default;
        var bytes = _width * 3;
        for (var y = 0; y < _height; y++)
        {
            var from = ((y + backdrop.Margin - dy) * backdrop.Width + backdrop.Margin - dx) * 3;
            var row = picture.Slice(y * bytes, bytes);
            still.Slice(from, bytes).CopyTo(row);
            if (lamps.HasBeams)
            {
                lamps.AddBeams(row, bright.Slice(from, bytes), y);
            }

            Lay(row, y);
        }

        lamps.AddGlows(picture);
        rain?.Fall(picture, frame, day);
        sensor.Take(picture, frame, day);
    }

    /// <summary>Bodies and shadows over one row.</summary>
    private void Lay(Span<byte> row, int y)
    {
        var (above, below) = (y * Fine * canvas.Width, (y * Fine + 1) * canvas.Width);
        var (owners, shades) = (canvas.Owners, canvas.Shades);
        for (var x = 0; x < _width; x++)
        {
            var (a, b) = (above + x * Fine, below + x * Fine);
            var body = owners[a] | owners[a + 1] | owners[b] | owners[b + 1];
            var shade = shades[a] + shades[a + 1] + shades[b] + shades[b + 1];
            if ((body | shade) != 0)
            {
                Lay(row.Slice(x * 3, 3), [a, a + 1, b, b + 1]);
            }
        }
    }

    private void Lay(Span<byte> pixel, ReadOnlySpan<int> samples)
    {
        var (blue, green, red) = (0u, 0u, 0u);
        foreach (var sample in samples)
        {
            if (canvas.Owners[sample] != 0)
            {
                var color = canvas.Colors[sample];
                (blue, green, red) = (blue + (color & 255), green + (color >> 8 & 255), red + (color >> 16));
            }
            else
            {
                var light = 255u - canvas.Shades[sample];
                (blue, green, red) = (blue + pixel[0] * light / 255, green + pixel[1] * light / 255, red + pixel[2] * light / 255);
            }
        }

        (pixel[0], pixel[1], pixel[2]) = ((byte)(blue / 4), (byte)(green / 4), (byte)(red / 4));
    }
}
