namespace EdgeVision.Trainer.Training;

/// <summary>On pictures that were used once, at the end.</summary>
/// <param name="Accuracy">0 to 1.</param>
/// <param name="N">Pictures.</param>
internal sealed record TestResult(double Accuracy, int N);
