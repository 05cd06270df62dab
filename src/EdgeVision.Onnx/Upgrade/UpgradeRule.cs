namespace EdgeVision.Onnx;

/// <summary>What has to be done with an operator when a model passes a version.</summary>
internal sealed record UpgradeRule(int Since, string Operator, Action<UpgradeContext> Rewrite);
