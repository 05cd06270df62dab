namespace EdgeVision.Capture;

/// <summary>All that stands still, painted once by day and once by night: ground, sky, houses. Larger than the picture by the shake on each side.</summary>
internal sealed class SceneBackdrop
{
    private const int Levels = 64;
    private readonly SceneCanvas _canvas;
    private readonly SceneCamera _camera;
    private readonly SceneLighting _lighting;
    private readonly GroundTexture _ground;
    private readonly StreetLamps _lamps;
    private readonly int _width;
    private readonly int _height;
    private readonly SceneScenery _scenery;
    private byte[]? _day;
    private byte[]? _night;
    private byte[]? _mixed;
    private int _mixedLevel = -1;

    /// <param name="camera">Of the picture.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="margin">Pixels on each side.</param>
    public SceneBackdrop(SceneCamera camera, int width, int height, int margin, SceneLighting lighting, GroundTexture ground, StreetLamps lamps, SceneScenery scenery)
    {
        (_camera, _width, _height, Margin) = (camera.Shifted(margin, margin), width + 2 * margin, height + 2 * margin, margin);
        (_lighting, _ground, _lamps, _scenery) = (lighting, ground, lamps, scenery);
        _canvas = new SceneCanvas(_width, _height);
        Draw(day: 1); // for the nearness; pictures are painted when they are asked for
    }

    public int Margin { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width => _width;

    /// <summary>In samples: what bodies must be nearer than.</summary>
    public ReadOnlySpan<float> Nearness => _canvas.Nearness;

    /// <summary>Samples in a row of <see cref="Nearness"/>.</summary>
    public int NearnessWidth => _canvas.Width;

    /// <summary>As full daylight shows it, BGR: what a lamp makes visible again at night.</summary>
    public ReadOnlySpan<byte> Day => _day ??= Paint(1);

    /// <summary>BGR.</summary>
    /// <param name="day">1 by day, 0 at night.</param>
    public ReadOnlySpan<byte> At(double day)
    {
        var level = (int)(day * Levels + 0.5);
        if (level is 0 or Levels)
        {
            return level == 0 ? _night ??= Paint(0) : Day;
        }

        if (level != _mixedLevel)
        {
            _night ??= Paint(0);
            _mixed ??= new byte[_night.Length];
            var bright = Day;
            for (var i = 0; i < _mixed.Length; i++)
            {
                _mixed[i] = (byte)((bright[i] * level + _night[i] * (Levels - level)) / Levels);
            }

            _mixedLevel = level;
        }

        return _mixed;
    }

    private void Draw(double day)
    {
        var brush = new SceneBrush(_canvas);
        brush.Aim(_camera, _lighting);
        _canvas.Clear(new float[_canvas.Width], 0, 0, 0);
        var shadows = new SceneShadows(brush, _lighting);
        _scenery.Draw(brush, day);
        shadows.Begin(day);
        _scenery.Shade(shadows);
    }

    private byte[] Paint(double day)
    {
        Draw(day);
        var picture = new byte[_width * _height * 3];
        const int fine = SceneCanvas.Fineness;
        var light = (Ambient: _lighting.Ambient(day), Direct: _lighting.Direct(day) * _lighting.Sun.Z, Haze: _lighting.Haze(day), Lamps: SceneLighting.Lamps(day));
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var sum = (R: 0u, G: 0u, B: 0u);
                for (var i = 0; i < fine * fine; i++)
                {
                    var (sx, sy) = (x * fine + i % fine, y * fine + i / fine);
                    var at = sy * _canvas.Width + sx;
                    var color = _canvas.Owners[at] != 0 ? _canvas.Colors[at] : Behind((sx + 0.5) / fine, (sy + 0.5) / fine, 1 - _canvas.Shades[at] / 255.0, light);
                    sum = (sum.R + (color >> 16), sum.G + (color >> 8 & 255), sum.B + (color & 255));
                }

                var target = (y * _width + x) * 3;
                (picture[target], picture[target + 1], picture[target + 2]) = ((byte)(sum.B / (fine * fine)), (byte)(sum.G / (fine * fine)), (byte)(sum.R / (fine * fine)));
            }
        }

        return picture;
    }

    private uint Behind(double x, double y, double sunlit, (Tint Ambient, Tint Direct, Tint Haze, double Lamps) light)
    {
        if (_camera.Ground(x, y) is not { } place)
        {
            var up = Math.Clamp(-_camera.Ray(x, y).Z * -2, 0, 1);
            return light.Haze.Mix(light.Haze * new Tint(0.72, 0.85, 1.08), up).Pack();
        }

        var distance = (place.At(0) - _camera.Place).Dot(_camera.Ahead);
        var lamps = light.Lamps > 0 ? _lighting.LampColor * (_lamps.At(place) * light.Lamps) : default;
        return (_ground.At(place) * ((light.Ambient + light.Direct) * sunlit + lamps)).Mix(light.Haze, _lighting.HazeAt(distance)).Pack();
    }
}
