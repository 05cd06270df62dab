namespace EdgeVision.Update;

/// <summary>Why a candidate is not good enough; the reason is a sentence for an operator, with the measured value.</summary>
public sealed record TrialFailure(UpdateCode Code, string Reason);
