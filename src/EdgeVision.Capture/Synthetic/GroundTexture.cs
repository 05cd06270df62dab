using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>What colour the ground has at a place: asphalt with its lines and stains, kerb, pavement, and what lies beyond.</summary>
internal sealed class GroundTexture
{
    private const double Kerb = 0.28;
    private const double LineWidth = 0.14;
    private readonly RoadLayout _layout;
    private readonly GroundNoise _noise;
    private readonly Tint _asphalt;
    private readonly Tint _pavement;
    private readonly Tint _beyond;
    private readonly Tint _paint;
    private readonly Tint _middle;
    private readonly double _roughness;
    private readonly double _wear;
    private readonly double _slab;

    public GroundTexture(RoadLayout layout, RandomStream random, bool isWet)
    {
        _layout = layout;
        _noise = new GroundNoise(random.NextULong());
        _asphalt = new Tint(1, 1, random.Between(0.95f, 1.06f)) * random.Between(0.24f, 0.5f) * (isWet ? 0.7 : 1);
        _pavement = new Tint(1, random.Between(0.92f, 1), random.Between(0.8f, 1)) * random.Between(0.5f, 0.72f) * (isWet ? 0.8 : 1);
        _beyond = random.Next(4) switch
        {
            0 => Tint.Grey(random.Between(0.4f, 0.65f)),
            1 => new Tint(0.55, 0.47, 0.36) * random.Between(0.75f, 1.1f),
            _ => new Tint(0.3, 0.42, 0.19) * random.Between(0.7f, 1.2f),
        };
        _paint = new Tint(1, 1, 0.96) * random.Between(0.72f, 0.92f);
        _middle = random.Chance(0.4f) ? new Tint(0.88, 0.68, 0.18) : _paint;
        (_roughness, _wear, _slab) = (random.Between(0.02f, 0.09f), random.Between(0, 0.75f), random.Between(0.4f, 1.6f));
    }

    public Tint At(Point2 place)
    {
        var toKerb = _layout.ToKerb(place);
        var (coarse, fine) = (_noise.At(place, 2.7), _noise.At(place, 0.21));
        if (toKerb < 0)
        {
            return Road(place, coarse, fine);
        }

        if (toKerb < Kerb)
        {
            return _pavement * (1.12 + 0.08 * fine);
        }

        if (toKerb < _layout.PavementWidth)
        {
            var (i, j) = ((int)Math.Floor(place.X / _slab), (int)Math.Floor(place.Y / _slab));
            var joint = place.X / _slab - i < 0.05 || place.Y / _slab - j < 0.05;
            return _pavement * ((joint ? 0.86 : 1) + 0.04 * _noise.Of(i, j) + 0.05 * coarse + 0.04 * fine);
        }

        return _beyond * (1 + 0.13 * coarse + 0.2 * fine + 0.1 * _noise.At(place, 11));
    }

    private Tint Road(Point2 place, double coarse, double fine)
    {
        var color = _asphalt * (1 + 0.06 * coarse + _roughness * 2 * fine + 0.07 * _noise.At(place, 9));
        foreach (var arm in _layout.Arms)
        {
            var (u, v) = arm.Of(place);
            if (u > arm.StopDistance - 5.2 && Math.Abs(v) < _layout.HalfWidth)
            {
                return OnArm(arm, u, v, color, coarse * 0.6 + fine * 0.6);
            }
        }

        return color;
    }

    private Tint OnArm(RoadArm arm, double u, double v, Tint color, double noise)
    {
        var paint = MarkOf(arm, u, v);
        if (paint is not { } mark)
        {
            // wheels polish two strips of each lane, and oil darkens what is between them
            var inLane = Math.Abs(Math.Abs(v) % RoadLayout.LaneWidth - RoadLayout.LaneWidth / 2);
            return color * (inLane < 0.25 ? 0.94 : inLane is > 0.6 and < 1.05 ? 1.05 : 1);
        }

        return noise > 1 - _wear ? color * 1.15 : color.Mix(mark, 0.9 - 0.25 * _wear);
    }

    /// <summary>The paint there, if there is any.</summary>
    private Tint? MarkOf(RoadArm arm, double u, double v)
    {
        var fromStop = u - arm.StopDistance;
        if (fromStop < -1.4)
        {
            return Math.Abs(v) < _layout.HalfWidth - 0.3 && Math.Abs(v % 1.1) < 0.55 && fromStop > -4.6 ? _paint : null;
        }

        if (fromStop < 0)
        {
            return fromStop > -0.45 && v > LineWidth && v < _layout.HalfWidth - 0.3 ? _paint : null;
        }

        if (Math.Abs(v) < LineWidth || (Math.Abs(Math.Abs(v) - LineWidth * 2.4) < LineWidth / 2 && _layout.Lanes > 1))
        {
            return _middle;
        }

        if (Math.Abs(Math.Abs(v) - _layout.HalfWidth + 0.35) < LineWidth / 2)
        {
            return _paint;
        }

        return _layout.Lanes > 1 && Math.Abs(Math.Abs(v) - RoadLayout.LaneWidth) < LineWidth / 2 && (fromStop < 18 || fromStop % 9 < 3.5) ? _paint : null;
    }
}
