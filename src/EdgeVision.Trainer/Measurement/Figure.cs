namespace EdgeVision.Trainer.Measurement;

/// <summary>A metric with its 95 % interval, 0 to 1.</summary>
internal sealed record Figure(double Value, double Low, double High);
