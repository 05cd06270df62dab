namespace EdgeVision.Compression;

/// <summary>Milliseconds a picture with so many threads, FP32 and the variant interleaved: the least and the median of the runs.</summary>
public sealed record LatencyReport(int Threads, double Fp32Least, double Fp32Median, double Least, double Median);
