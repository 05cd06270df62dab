namespace EdgeVision.Compression;

/// <summary>How long one run of a network takes, in milliseconds for the whole batch.</summary>
/// <param name="MinMs">The least of all runs: what comparisons are made of, because other programs only ever add.</param>
/// <param name="P50Ms">The median.</param>
public sealed record LatencyResult(string Name, int Threads, int Batch, int Runs, double MinMs, double P50Ms);
