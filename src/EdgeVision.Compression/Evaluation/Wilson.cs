namespace EdgeVision.Compression;

/// <summary>The 95 % interval of a share (Wilson 1927), which stays within 0 and 1 and holds for few pictures too.</summary>
/// <remarks>Example: 89 of 100 are 0.814 to 0.937; 0 of 10 are 0 to 0.278.</remarks>
internal static class Wilson
{
    private const double Z = 1.959964;

    public static (double Low, double High) Interval(int right, int count)
    {
        var share = (double)right / count;
        var middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count);
        var half = Z / (1 + Z * Z / count) * Math.Sqrt(share * (1 - share) / count + Z * Z / (4.0 * count * count));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
