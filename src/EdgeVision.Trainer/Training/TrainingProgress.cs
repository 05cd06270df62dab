namespace EdgeVision.Trainer.Training;

/// <summary>How far a training is, for people to watch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Share">Of the epoch, 0 to 1.</param>
/// <param name="Loss">Mean so far in it.</param>
/// <param name="Accuracy">Of the samples learnt from so far in it; null where none is simply right or wrong.</param>
/// <param name="Validation">The objective's metric; null before the epoch is over.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, double Share, double Loss, double? Accuracy, double? Validation);
