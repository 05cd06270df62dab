using System.Text.Json.Nodes;

namespace EdgeVision.Agent;

/// <summary>What two models said of the same frames; a snapshot.</summary>
/// <param name="Frames">That both looked at.</param>
/// <param name="Seen">Of those, in which either saw something.</param>
/// <param name="Matched">Answers that both gave.</param>
/// <param name="Active">Answers of the model in service.</param>
/// <param name="Candidate">Answers of the other.</param>
internal sealed record AgreementFigures(int Frames, int Seen, long Matched, long Active, long Candidate)
{
    /// <summary>Frames that the candidate answered with something that is no number.</summary>
    public int Unsound { get; init; }

    /// <summary>Half the sum of differences between the shares of the classes, 0 to 1.</summary>
    public double ClassDistance { get; init; }

    /// <summary>Of the candidate, milliseconds.</summary>
    public double LatencyMsP50 { get; init; }

    public double LatencyMsP99 { get; init; }

    /// <summary>Labels that both models have.</summary>
    public int SharedLabels { get; init; }

    /// <summary>Of all answers, the share that both gave: 2 x matched / (active + candidate). 1 where neither said anything.</summary>
    public double Agreement => Active + Candidate == 0 ? 1 : 2.0 * Matched / (Active + Candidate);

    /// <summary>Answers of the candidate for each of the model in service.</summary>
    public double RateRatio => Active > 0 ? (double)Candidate / Active : Candidate == 0 ? 1 : double.PositiveInfinity;

    public JsonObject ToJson() => new()
    {
        ["frames"] = Frames, ["seen"] = Seen, ["matched"] = Matched, ["active"] = Active, ["candidate"] = Candidate, ["agreement"] = Math.Round(Agreement, 4),
        ["rateRatio"] = double.IsFinite(RateRatio) ? Math.Round(RateRatio, 4) : null, ["classDistance"] = Math.Round(ClassDistance, 4), ["unsound"] = Unsound,
        ["p50"] = LatencyMsP50, ["p99"] = LatencyMsP99, ["sharedLabels"] = SharedLabels,
    };
}
