using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>How near the device's answers must be to the expected ones. A value exactly at its limit passes.</summary>
/// <remarks>Not equality, because 8-bit kernels differ from processor to processor.</remarks>
public sealed record GoldenGate
{
    public GoldenGate()
    {
    }

    [JsonConstructor]
    internal GoldenGate(double minTop1 = 0.97, double minIoU = 0.9, double maxScoreDelta = 0.05)
    {
        MinTop1 = minTop1;
        MinIoU = minIoU;
        MaxScoreDelta = maxScoreDelta;
    }

    /// <summary>Classifiers: share of the frames whose first class is the expected one, 0 to 1. Detectors: share of the boxes found, and found again.</summary>
    public double MinTop1 { get; init; } = 0.97;

    /// <summary>Detectors: mean IoU of a box and the expected one, 0 to 1.</summary>
    public double MinIoU { get; init; } = 0.9;

    /// <summary>Most that any score may differ from the expected one, 0 to 1.</summary>
    public double MaxScoreDelta { get; init; } = 0.05;
}
