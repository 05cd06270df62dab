namespace EdgeVision.Trainer.Training;

/// <summary>What came of one batch, before it was learnt from.</summary>
/// <param name="Loss">Mean over the samples.</param>
/// <param name="Correct">Samples whose class was answered.</param>
internal readonly record struct StepResult(double Loss, int Correct);
