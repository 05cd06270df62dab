namespace EdgeVision.Packaging;

/// <summary>Where the model comes from; nothing on the device depends on it.</summary>
public sealed record ManifestProvenance(string? GitCommit = null, string? TrainingRun = null, string? DatasetDigest = null, string? EvalReportSha256 = null);
