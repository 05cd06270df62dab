namespace EdgeVision.Trainer.Measurement;

/// <summary>What the run loses against another model on the same pictures.</summary>
/// <param name="Drop">Points of a hundred; below 0 = it is better.</param>
/// <param name="DropLow">Lower end of the 95 % interval.</param>
/// <param name="P">Probability of so large a difference where there is none, by <paramref name="Test"/>.</param>
/// <param name="Lost">Pictures on which only the other is right.</param>
/// <param name="Won">Pictures on which only the run is.</param>
internal sealed record ComparisonReport(string Model, double Value, double Low, double High, double Drop, double DropLow, double DropHigh, double P, string Test, int Lost, int Won);
