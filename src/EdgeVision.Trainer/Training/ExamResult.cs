namespace EdgeVision.Trainer.Training;

/// <summary>What came of an examination.</summary>
/// <param name="Loss">Mean cross entropy, in nats.</param>
/// <param name="Accuracy">Share of samples whose class was answered, 0 to 1.</param>
internal readonly record struct ExamResult(double Loss, double Accuracy);
