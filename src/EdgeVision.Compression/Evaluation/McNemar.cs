namespace EdgeVision.Compression;

/// <summary>Whether two models differ, from the pictures on which only one of them is right: exactly, by the binomial distribution (McNemar 1947).</summary>
internal static class McNemar
{
    private const double Z = 1.959964;

    /// <summary>Two-sided. Example: 10 and 2 give 2 * (1 + 12 + 66) / 4096 = 0.0386.</summary>
    public static double P(int lost, int won)
    {
        var n = lost + won;
        var (log, sum) = (-n * Math.Log(2), 0.0); // of one way in 2^n, because 2^n itself overflows beyond 1023 pictures
        for (var k = 0; k <= Math.Min(lost, won); k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(n - k) / (k + 1));
        }

        return Math.Min(1, 2 * sum);
    }

    /// <summary>The 95 % interval of the drop, with half a picture added to each of the four cells (Agresti and Min 2005).</summary>
    /// <remarks>Example: of 100 pictures 10 lost and 2 won: (8 / 102) -+ 1.96 * sqrt(13 - 64 / 102) / 102 = 0.011 to 0.146.</remarks>
    public static (double Low, double High) Interval(int lost, int won, int count)
    {
        var (b, c, n) = (lost + 0.5, won + 0.5, count + 2.0);
        var half = Z * Math.Sqrt(b + c - (b - c) * (b - c) / n) / n;
        return ((b - c) / n - half, (b - c) / n + half);
    }
}
