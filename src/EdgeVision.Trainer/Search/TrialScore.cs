namespace EdgeVision.Trainer.Search;

/// <param name="Epochs">That it was trained for, from scratch.</param>
/// <param name="Value">The metric on validation pictures; null = the loss was no number any more.</param>
/// <param name="Run">Its folder, seen from the search's.</param>
internal sealed record TrialScore(int Epochs, double? Value, string Run);
