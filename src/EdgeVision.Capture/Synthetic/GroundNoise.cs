namespace EdgeVision.Capture;

/// <summary>Value noise on the ground: a random height for each point of a grid of metres, smooth between them.</summary>
internal readonly struct GroundNoise(ulong seed)
{
    private readonly uint _seed = (uint)(seed >> 32);

    /// <summary>-1 to 1.</summary>
    /// <param name="cell">Metres from one grid point to the next.</param>
    public double At(Point2 place, double cell)
    {
        var (x, y) = (place.X / cell, place.Y / cell);
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (sx, sy) = (Smooth(x - left), Smooth(y - top));
        var (i, j) = ((int)left, (int)top);
        var above = Of(i, j) * (1 - sx) + Of(i + 1, j) * sx;
        var below = Of(i, j + 1) * (1 - sx) + Of(i + 1, j + 1) * sx;
        return above * (1 - sy) + below * sy;
    }

    /// <summary>-1 to 1, for a grid point.</summary>
    public double Of(int x, int y)
    {
        var mixed = unchecked((uint)x * 0x9E37_79B1u ^ (uint)y * 0x85EB_CA77u ^ _seed);
        mixed = unchecked((mixed ^ (mixed >> 15)) * 0x2C1B_3C6Du);
        mixed = unchecked((mixed ^ (mixed >> 12)) * 0x297A_2D39u);
        return (mixed ^ (mixed >> 15)) * (2.0 / uint.MaxValue) - 1;
    }

    private static double Smooth(double share) => share * share * (3 - 2 * share);
}
