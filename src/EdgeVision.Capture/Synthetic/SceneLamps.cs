namespace EdgeVision.Capture;

/// <summary>Light that the moving ones bring at night: beams on the road, and lamps that dazzle.</summary>
internal sealed class SceneLamps(int width, int height)
{
    private const double BeamLength = 15;
    private const double Dazzle = 0.85;
    private static readonly Tint Head = new(1, 0.95, 0.8);
    private static readonly Tint Tail = new(1, 0.1, 0.06);
    private readonly byte[] _beams = new byte[width * height];
    private readonly List<(ScreenPoint At, double Radius, Tint Color)> _glows = [];

    public bool HasBeams { get; private set; }

    public void Begin()
    {
        _glows.Clear();
        if (HasBeams)
        {
            Array.Clear(_beams);
            HasBeams = false;
        }
    }

    /// <summary>Light on the road ahead of a vehicle.</summary>
    public void Beam(SceneCamera camera, Placement at, double front)
    {
        var bounds = PixelBounds.None;
        ReadOnlySpan<(double X, double Y)> corners = [(front, -1), (front, 1), (front + BeamLength, -3.5), (front + BeamLength, 3.5)];
        foreach (var (x, y) in corners)
        {
            var view = camera.ToView(at.ToScene(new Point3(x, y, 0)));
            if (view.Z > 2)
            {
                var point = camera.ToScreen(view);
                bounds = bounds.With(point.X, point.Y);
            }
        }

        for (var y = (int)Math.Max(0, bounds.Top); y < Math.Min(height, bounds.Bottom); y++)
        {
            for (var x = (int)Math.Max(0, bounds.Left); x < Math.Min(width, bounds.Right); x++)
            {
                if (camera.Ground(x + 0.5, y + 0.5) is { } place && Strength(at, place, front) is var strength and > 0)
                {
                    _beams[y * width + x] = (byte)Math.Min(255, _beams[y * width + x] + (int)(strength * 150));
                    HasBeams = true;
                }
            }
        }
    }

    /// <summary>A lamp that dazzles, if nothing is before it.</summary>
    /// <param name="metres">Radius of the glow.</param>
    public void Glow(SceneCamera camera, SceneCanvas canvas, Point3 place, double metres, Tint color)
    {
        var view = camera.ToView(place);
        if (view.Z < 2)
        {
            return;
        }

        var at = camera.ToScreen(view);
        if (at.X < 0 || at.Y < 0 || at.X >= width || at.Y >= height)
        {
            return;
        }

        var sample = (int)(at.Y * SceneCanvas.Fineness) * canvas.Width + (int)(at.X * SceneCanvas.Fineness);
        if (at.Nearness * 1.05 > canvas.Nearness[sample])
        {
            _glows.Add((at, Math.Max(2, camera.Focal * metres * at.Nearness), color));
        }
    }

    /// <summary>Head and tail lamps of a vehicle.</summary>
    public void Glow(SceneCamera camera, SceneCanvas canvas, Placement at, Appearance look, bool isBraking)
    {
        var (half, isNarrow) = (look.Length / 2, look.Class == SceneClass.Bicycle);
        var toCamera = (camera.Place.Ground - at.Place).Unit().Dot(at.Ahead);
        for (var side = -1; side <= 1; side += isNarrow ? 4 : 2)
        {
            var y = isNarrow ? 0 : side * look.Width * 0.42;
            if (toCamera > 0.1)
            {
                Glow(camera, canvas, at.ToScene(new Point3(half + 0.1, y, 0.68)), 0.3 + 0.5 * toCamera, Head * Dazzle);
            }
            else if (toCamera < -0.1)
            {
                Glow(camera, canvas, at.ToScene(new Point3(-half - 0.1, y, 0.75)), isBraking ? 0.45 : 0.25, Tail * Dazzle);
            }
        }
    }

    /// <summary>Lays the beams on the ground.</summary>
    /// <param name="bright">One row as daylight shows it, BGR.</param>
    public void AddBeams(Span<byte> row, ReadOnlySpan<byte> bright, int y)
    {
        var beams = _beams.AsSpan(y * width, width);
        for (var x = 0; x < width; x++)
        {
            if (beams[x] is var beam and > 0)
            {
                for (var channel = x * 3; channel < x * 3 + 3; channel++)
                {
                    row[channel] = (byte)Math.Min(255, row[channel] + bright[channel] * beam / 255);
                }
            }
        }
    }

    /// <summary>Lays the dazzle over the whole picture.</summary>
    public void AddGlows(Span<byte> picture)
    {
        foreach (var (at, radius, color) in _glows)
        {
            for (var y = (int)Math.Max(0, at.Y - radius); y < Math.Min(height, at.Y + radius + 1); y++)
            {
                for (var x = (int)Math.Max(0, at.X - radius); x < Math.Min(width, at.X + radius + 1); x++)
                {
                    var (dx, dy) = (x + 0.5 - at.X, y + 0.5 - at.Y);
                    var fall = 1 - (dx * dx + dy * dy) / (radius * radius);
                    if (fall > 0)
                    {
                        Add(picture.Slice((y * width + x) * 3, 3), color, fall * fall * fall * 255);
                    }
                }
            }
        }
    }

    private static void Add(Span<byte> pixel, Tint color, double strength)
    {
        pixel[0] = (byte)Math.Min(255, pixel[0] + (int)(color.B * strength));
        pixel[1] = (byte)Math.Min(255, pixel[1] + (int)(color.G * strength));
        pixel[2] = (byte)Math.Min(255, pixel[2] + (int)(color.R * strength));
    }

    private static double Strength(Placement at, Point2 place, double front)
    {
        var way = place - at.Place;
        var ahead = (way.Dot(at.Ahead) - front) / BeamLength;
        if (ahead is <= 0 or >= 1)
        {
            return 0;
        }

        var aside = way.Dot(at.Ahead.Left) / (0.9 + ahead * 2.6);
        var across = 1 - aside * aside;
        return across <= 0 ? 0 : across * (1 - ahead) * Math.Min(1, ahead * 8);
    }
}
