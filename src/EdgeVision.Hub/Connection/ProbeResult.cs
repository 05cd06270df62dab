namespace EdgeVision.Hub;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject"><c>certificate</c>, <c>provisioning</c> or <c>hub</c>; a place that has several lines is reached when one of them is.</param>
/// <param name="Failure">None, or why not.</param>
/// <param name="Detail">For people: what was found, or what to do.</param>
public sealed record ProbeResult(string Subject, HubFailure Failure, string Detail);
