namespace EdgeVision.Compression;

/// <summary>What was seen of one value over all samples.</summary>
public sealed record ValueStatistics
{
    public required ValueRange Range { get; init; }

    /// <summary>Moving average of each sample's least and greatest number.</summary>
    public required ValueRange AverageRange { get; init; }

    public double Mean { get; init; }

    public double StandardDeviation { get; init; }

    /// <summary>One entry a channel of a value with four dimensions (batch, channel, height, width) and at most 4096 channels; of others none.</summary>
    public IReadOnlyList<ChannelStatistics> Channels { get; init; } = [];

    /// <summary>Null where only ranges are known (<see cref="CalibrationData.OfRanges"/>).</summary>
    public ValueHistogram? Histogram { get; init; }
}
