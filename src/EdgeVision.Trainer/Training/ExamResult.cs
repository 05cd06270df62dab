namespace EdgeVision.Trainer.Training;

/// <summary>What came of an examination.</summary>
/// <param name="Loss">Mean of the objective's.</param>
/// <param name="Value">The objective's metric, 0 to 1.</param>
internal readonly record struct ExamResult(double Loss, double Value);
