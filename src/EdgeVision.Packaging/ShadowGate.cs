using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>How long a model looks at live frames beside the one in service, and how much it must agree. Frames and minutes both count.</summary>
public sealed record ShadowGate
{
    public ShadowGate()
    {
    }

    [JsonConstructor]
    internal ShadowGate(int minFrames = 500, double minMinutes = 10, double maxHours = 24, double minAgreement = 0.8, IReadOnlyList<double>? rateRatio = null)
    {
        MinFrames = minFrames;
        MinMinutes = minMinutes;
        MaxHours = maxHours;
        MinAgreement = minAgreement;
        RateRatio = rateRatio ?? RateRatio;
    }

    /// <summary>0 = no shadow run.</summary>
    public int MinFrames { get; init; } = 500;

    public double MinMinutes { get; init; } = 10;

    /// <summary>When the scene shows too little until then, a person is asked.</summary>
    public double MaxHours { get; init; } = 24;

    /// <summary>Share of the answers that both give, 0 to 1; below it a person is asked.</summary>
    public double MinAgreement { get; init; } = 0.8;

    /// <summary>Least and most answers of the new model for each of the old one.</summary>
    public IReadOnlyList<double> RateRatio { get; init; } = [0.5, 2];
}
