namespace EdgeVision.Trainer;

/// <summary>A quality report as JSON.</summary>
internal sealed record QualitySummary(int Pictures, int Usable, IReadOnlyList<ClassCount> Classes, IReadOnlyList<Finding> Findings, IReadOnlyList<VersionExclusion> LeftOut);
