namespace EdgeVision.Compression;

/// <summary>How the numbers of one value lie, and which range 8 bits were given.</summary>
/// <param name="Value">Its name in the network.</param>
/// <param name="Least">Left edge of the first bin.</param>
/// <param name="Greatest">Right edge of the last.</param>
/// <param name="RangeLeast">Of the chosen range; what is beyond is clipped.</param>
/// <param name="Counts">Numbers in bins of equal width.</param>
public sealed record HistogramReport(string Value, double Least, double Greatest, double RangeLeast, double RangeGreatest, IReadOnlyList<long> Counts);
