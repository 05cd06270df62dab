namespace EdgeVision.Agent;

/// <summary>What a shadow run has shown so far.</summary>
/// <param name="Watched">Time in which frames came.</param>
/// <param name="Looking">How long it has been looking at the present frame.</param>
/// <param name="Failure">Why it failed at a frame; null = it has not.</param>
internal sealed record ShadowFacts(AgreementFigures Figures, TimeSpan Watched, TimeSpan Looking, string? Failure, double MemoryGrowthMiB);
