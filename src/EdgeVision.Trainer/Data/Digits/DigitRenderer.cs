using System.Numerics;

namespace EdgeVision.Trainer;

/// <summary>Writes digits as a hand might: one of some ways, every point a little off, parts of it too large, slanted, turned, wide or narrow, with a thick or a thin pen. 28x28 grey, white on black.</summary>
/// <remarks>
/// Laid out as MNIST is (LeCun, Cortes, Burges): the ink fits into 20x20 and its centre of mass lies in the middle of 28x28. So a network may learn digits without one that somebody owns, and real ones are left to test it.
/// What comes out depends on digit and stream alone.
/// </remarks>
internal static class DigitRenderer
{
    public const int Side = 28;

    private const int Ink = 20;
    private const int Steps = 12;
    private const float PointJitter = 0.04f;
    private const float Wobble = 0.05f;

    public static byte[] Render(int digit, RandomStream random)
    {
        var styles = DigitStyles.Of(digit);
        var (hand, wave) = (Hand(digit, random), Wave(random));
        var lines = Array.ConvertAll(styles[random.Next(styles.Count)], stroke => Spline(Array.ConvertAll(stroke, point => Vector2.Transform(wave(point) + Jitter(random), hand))));
        var radius = MathF.Exp(random.Between(MathF.Log(0.65f), MathF.Log(2.1f)));
        return Draw(Fitted(lines, radius), radius, softness: random.Between(1, 2));
    }

    /// <summary>How this hand writes: width, slant and turn about the digit's middle.</summary>
    private static Matrix3x2 Hand(int digit, RandomStream random)
    {
        const float leanToTheRight = -0.12f;
        var width = digit == 1 ? random.Between(0.3f, 0.8f) : random.Between(0.5f, 1.3f);
        return Matrix3x2.CreateTranslation(-0.5f, -0.5f) * Matrix3x2.CreateScale(width, 1) * Matrix3x2.CreateSkew(leanToTheRight + 0.25f * random.Normal(), 0)
            * Matrix3x2.CreateRotation(0.1f * random.Normal());
    }

    /// <summary>Parts of the digit larger, smaller or aside of where they belong, all their strokes alike.</summary>
    private static Func<Vector2, Vector2> Wave(RandomStream random)
    {
        var (across, down) = (new Vector2(random.Normal(), random.Normal()) * 4, new Vector2(random.Normal(), random.Normal()) * 4);
        var (phaseX, phaseY) = (random.Between(0, 2 * MathF.PI), random.Between(0, 2 * MathF.PI));
        return point => point + Wobble * new Vector2(MathF.Sin(Vector2.Dot(across, point) + phaseX), MathF.Sin(Vector2.Dot(down, point) + phaseY));
    }

    private static Vector2 Jitter(RandomStream random) => PointJitter * new Vector2(random.Normal(), random.Normal());

    /// <summary>A smooth line through all points (Catmull and Rom, 1974).</summary>
    private static Vector2[] Spline(Vector2[] points)
    {
        var line = new Vector2[(points.Length - 1) * Steps + 1];
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (before, behind) = (points[Math.Max(0, i - 1)], points[Math.Min(points.Length - 1, i + 2)]);
            for (var step = 0; step <= Steps; step++)
            {
                var t = (float)step / Steps;
                line[i * Steps + step] = 0.5f * (2 * points[i] + t * (points[i + 1] - before)
                    + t * t * (2 * before - 5 * points[i] + 4 * points[i + 1] - behind) + t * t * t * (3 * points[i] - before - 3 * points[i + 1] + behind));
            }
        }

        return line;
    }

    /// <summary>In pixels, so that the ink fills 20 of them in its longer direction and lies about (0, 0) by its mass.</summary>
    private static Vector2[][] Fitted(Vector2[][] lines, float radius)
    {
        var all = lines.SelectMany(line => line).ToArray();
        var (low, high) = (all.Aggregate(Vector2.Min), all.Aggregate(Vector2.Max));
        var extent = MathF.Max(0.1f, MathF.Max(high.X - low.X, high.Y - low.Y));
        var scale = (Ink - 2 * radius) / extent;
        var mass = Vector2.Zero;
        var length = 0f;
        foreach (var line in lines)
        {
            for (var i = 1; i < line.Length; i++)
            {
                var piece = Vector2.Distance(line[i - 1], line[i]);
                mass += piece * (line[i - 1] + line[i]) / 2;
                length += piece;
            }
        }

        var middle = mass / length;
        return Array.ConvertAll(lines, line => Array.ConvertAll(line, point => (point - middle) * scale));
    }

    private static byte[] Draw(Vector2[][] lines, float radius, float softness)
    {
        var pixels = new byte[Side * Side];
        foreach (var line in lines)
        {
            for (var i = 1; i < line.Length; i++)
            {
                Stroke(pixels, line[i - 1] + new Vector2(Side / 2f), line[i] + new Vector2(Side / 2f), radius, softness);
            }
        }

        return pixels;
    }

    /// <summary>A round pen from one place to another; its edge is some pixels soft.</summary>
    private static void Stroke(byte[] pixels, Vector2 from, Vector2 to, float radius, float softness)
    {
        var reach = radius + softness;
        var (low, high) = (Vector2.Min(from, to) - new Vector2(reach), Vector2.Max(from, to) + new Vector2(reach));
        for (var y = Math.Max(0, (int)low.Y); y <= Math.Min(Side - 1, (int)high.Y); y++)
        {
            for (var x = Math.Max(0, (int)low.X); x <= Math.Min(Side - 1, (int)high.X); x++)
            {
                var ink = (byte)(255 * Math.Clamp((radius - Distance(new Vector2(x + 0.5f, y + 0.5f), from, to)) / softness + 0.5f, 0, 1));
                pixels[y * Side + x] = Math.Max(pixels[y * Side + x], ink);
            }
        }
    }

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var along = to - from;
        var share = Math.Clamp(Vector2.Dot(point - from, along) / MathF.Max(along.LengthSquared(), 1e-9f), 0, 1);
        return Vector2.Distance(point, from + share * along);
    }
}
