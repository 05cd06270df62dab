namespace EdgeVision.Compression;

/// <summary>How often a value took which numbers: bins of one width, with zero on an edge.</summary>
/// <remarks>Bin i holds the numbers from (First + i) * BinWidth up to, not with, the next edge. Example: First -1, width 0.5, counts [3, 7]: 3 numbers in [-0.5, 0) and 7 in [0, 0.5). Immutable, any thread.</remarks>
/// <param name="BinWidth">A power of two.</param>
/// <param name="First">Edge of the first bin, in widths from zero.</param>
/// <param name="Counts">One entry a bin.</param>
public sealed record ValueHistogram(double BinWidth, int First, IReadOnlyList<long> Counts)
{
    /// <summary>Lower edge of bin i; of i = Counts.Count the upper edge of the last.</summary>
    public double Edge(int bin) => (First + bin) * BinWidth;
}
