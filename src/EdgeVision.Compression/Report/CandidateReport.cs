namespace EdgeVision.Compression;

/// <summary>One form that the search tried.</summary>
/// <param name="Name">The recipe: <c>percentile 99.99, bias corrected</c>.</param>
/// <param name="Sqnr">Signal to quantization noise at the network's outputs, dB; higher is nearer to float.</param>
/// <param name="Drop">Points lost on the whole data set; null = it fell out before.</param>
/// <param name="Islands">Nodes kept float.</param>
public sealed record CandidateReport(string Name, double Sqnr, double? Drop, int Islands);
