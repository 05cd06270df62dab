using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>Where light comes from, in a scene and at a level of day.</summary>
internal sealed class SceneLighting
{
    private const double Evening = 0.4;
    private const double SecondsOfDay = 1200;
    private readonly Point3 _sun;
    private readonly Tint _tone;
    private readonly double _sky;
    private readonly double _direct;
    private readonly double _nightSky;
    private readonly double _hour;

    public SceneLighting(RandomStream random, SceneLight light, SceneWeather weather)
    {
        (_hour, Light) = (random.NextFloat(), light);
        var rains = random.Chance(1 / 3f);
        IsRaining = weather == SceneWeather.Rain || (weather == SceneWeather.Auto && rains);
        var around = Point2.Towards(random.Between(0, 6.2831f));
        _sun = around.At(random.Between(0.45f, 1.6f)).Unit();
        var warmth = random.Between(-0.07f, 0.07f);
        _tone = new Tint(1 + warmth, 1, 1 - warmth) * random.Between(0.82f, 1.12f);
        var clouds = IsRaining ? 1 : random.Chance(0.3f) ? random.Between(0.5f, 1) : random.Between(0, 0.4f);
        _direct = 0.62 * (1 - clouds);
        _sky = 0.5 + 0.22 * clouds - (IsRaining ? 0.12 : 0);
        _nightSky = random.Between(0.17f, 0.32f);
        LampColor = random.Chance(0.5f) ? new Tint(1, 0.72, 0.42) : new Tint(0.9, 0.95, 1);
    }

    public SceneLight Light { get; }

    public bool IsRaining { get; }

    /// <summary>To it, of length 1.</summary>
    public Point3 Sun => _sun;

    public Tint LampColor { get; }

    /// <summary>1 by day, 0 at night.</summary>
    public double DayAt(double seconds)
    {
        if (Light != SceneLight.Auto)
        {
            return Light == SceneLight.Day ? 1 : 0;
        }

        var hour = seconds / SecondsOfDay + _hour;
        hour -= Math.Floor(hour);
        return hour < Evening ? 1 : hour < 0.5 ? (0.5 - hour) * 10 : hour < 0.9 ? 0 : (hour - 0.9) * 10;
    }

    /// <summary>Light that comes from everywhere.</summary>
    public Tint Ambient(double day) => _tone * new Tint(0.97, 1, 1.05) * (_nightSky + (_sky - _nightSky) * day);

    /// <summary>Light of the sun on what faces it.</summary>
    public Tint Direct(double day) => _tone * new Tint(1.04, 1, 0.92) * (_direct * day);

    /// <summary>Strength of the street lamps, 0 by day.</summary>
    public static double Lamps(double day) => 1 - day;

    /// <summary>What a shadow takes of the light on the ground, 0 to 1.</summary>
    public double ShadowDepth(double day)
    {
        var direct = _direct * day * _sun.Z;
        return direct / (direct + _nightSky + (_sky - _nightSky) * day);
    }

    /// <summary>The colour in which the distance drowns.</summary>
    public Tint Haze(double day) => (IsRaining ? new Tint(0.62, 0.64, 0.66) : new Tint(0.72, 0.8, 0.9)) * (0.07 + 0.93 * day) * _tone;

    /// <summary>How much of the haze lies over what is so far away, 0 to 1.</summary>
    public double HazeAt(double metres) => metres / (metres + (IsRaining ? 130 : 420));
}
