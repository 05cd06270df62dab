using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Search;

/// <summary>One drawn way to train.</summary>
/// <param name="Number">From 1.</param>
/// <param name="LatencyMs">Of the network before it learnt anything, one picture, one thread, on the machine that searches; measured once.</param>
internal sealed record Trial(int Number, RunSettings Settings, double LatencyMs, long Parameters, long Macs)
{
    /// <summary>By epochs, fewest first.</summary>
    public IReadOnlyList<TrialScore> Scores { get; init; } = [];

    /// <summary>The last one, where it is a number.</summary>
    public double? Value => Scores.Count > 0 ? Scores[^1].Value : null;

    public int Epochs => Scores.Count > 0 ? Scores[^1].Epochs : 0;
}
