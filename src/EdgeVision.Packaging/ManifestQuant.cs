namespace EdgeVision.Packaging;

/// <summary>How the network was made smaller.</summary>
/// <param name="Scheme">As in <c>qdq-int8</c>.</param>
/// <param name="Calibration">Digest of the pictures it was calibrated with.</param>
public sealed record ManifestQuant(string? Scheme = null, string? Calibration = null);
