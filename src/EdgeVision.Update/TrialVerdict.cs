using System.Text.Json.Nodes;

namespace EdgeVision.Update;

/// <summary>The answer of a gate.</summary>
/// <param name="Code">None when it passed.</param>
/// <param name="Reason">A sentence for an operator, with the measured value and its bound.</param>
public sealed record TrialVerdict(TrialOutcome Outcome, UpdateCode Code, string Reason)
{
    /// <summary>Larger evidence is left out of the record and the twin.</summary>
    public const int MaxEvidenceBytes = 2048;

    public static TrialVerdict Pass { get; } = new(TrialOutcome.Pass, UpdateCode.None, "");

    /// <summary>What was measured, at most <see cref="MaxEvidenceBytes"/>; reported under the name of the gate.</summary>
    public JsonObject Evidence { get; init; } = [];

    /// <summary>The variant that serves best on this device; set by the exam, null = the package has only one.</summary>
    public string? Variant { get; init; }

    public static TrialVerdict Fail(UpdateCode code, string reason) => new(TrialOutcome.Fail, code, reason);

    public static TrialVerdict Hold(UpdateCode code, string reason) => new(TrialOutcome.Hold, code, reason);
}
