namespace EdgeVision.Update;

/// <summary>A digest that proved bad on this device. A new deployment does not bring it back unless a person approves.</summary>
internal sealed record BlockedModel(string Digest, string DeploymentId, UpdateCode Code, string Reason);
