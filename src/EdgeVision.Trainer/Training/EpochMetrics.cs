namespace EdgeVision.Trainer.Training;

/// <summary>One line of <c>metrics.jsonl</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean over the samples learnt from, each before it was.</param>
/// <param name="Accuracy">Of the same samples; null where none is simply right or wrong.</param>
/// <param name="Metric">What <paramref name="Validation"/> is.</param>
/// <param name="LearningRate">Of the epoch's last step.</param>
/// <param name="Seconds">Of learning, without the validation.</param>
/// <param name="MemoryMiB">Of the process, when the epoch was over.</param>
internal sealed record EpochMetrics(int Epoch, double Loss, double? Accuracy, double ValidationLoss, double Validation, string Metric, double LearningRate, double Seconds, double MemoryMiB);
