namespace EdgeVision.Trainer;

/// <summary>Why a picture does not become part of a version.</summary>
internal sealed record Refusal(FindingKind Kind, string Reason);
