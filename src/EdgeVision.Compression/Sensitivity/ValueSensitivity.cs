namespace EdgeVision.Compression;

/// <summary>What 8 bits do to one activation.</summary>
/// <param name="Range">What its 8 bits stand for.</param>
/// <param name="Sqnr">Signal to noise in dB, expected from its histogram; null where only its range is known.</param>
public sealed record ValueSensitivity(string Value, ValueRange Range, double? Sqnr);
