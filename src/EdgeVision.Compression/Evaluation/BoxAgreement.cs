namespace EdgeVision.Compression;

/// <summary>Boxes of two models on one picture. F1 is 2 * both / (2 * both + only here + only there); of none at all it is 1.</summary>
/// <param name="Both">Same class, and IoU at least what was asked for.</param>
public readonly record struct BoxAgreement(int Both, int OnlyHere, int OnlyThere);
