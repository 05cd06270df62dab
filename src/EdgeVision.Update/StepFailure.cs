namespace EdgeVision.Update;

/// <summary>Why a step of a deployment failed; reported as it is.</summary>
internal sealed record StepFailure(UpdateCode Code, string Reason);
