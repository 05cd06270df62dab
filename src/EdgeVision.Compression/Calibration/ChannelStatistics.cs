namespace EdgeVision.Compression;

/// <summary>Mean and standard deviation of one channel over all samples and places, and its least and greatest number.</summary>
public readonly record struct ChannelStatistics(double Mean, double StandardDeviation, ValueRange Range);
