namespace EdgeVision.Trainer.Training;

/// <summary>What came of one batch, before it was learnt from.</summary>
/// <param name="Loss">Mean over the samples.</param>
/// <param name="Correct">As <see cref="Objective.CorrectIn"/>.</param>
internal readonly record struct StepResult(double Loss, int? Correct);
