using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>How long a model in service is watched before it is kept for good. Frames and minutes both count.</summary>
public sealed record ProbationGate
{
    public ProbationGate()
    {
    }

    [JsonConstructor]
    internal ProbationGate(double minMinutes = 60, int minFrames = 5000)
    {
        MinMinutes = minMinutes;
        MinFrames = minFrames;
    }

    public double MinMinutes { get; init; } = 60;

    public int MinFrames { get; init; } = 5000;
}
