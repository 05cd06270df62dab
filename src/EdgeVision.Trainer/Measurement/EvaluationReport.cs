using EdgeVision.Compression;

namespace EdgeVision.Trainer.Measurement;

/// <summary>How good a run is on held-out pictures, as the device sees them: what <c>evaluate --json</c> prints.</summary>
/// <param name="Metric">accuracy or map50.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="N">Pictures.</param>
/// <param name="LatencyMsP50">Of the network alone, one picture, one thread.</param>
/// <param name="Data">Digest of the set.</param>
internal sealed record EvaluationReport(string Run, string Metric, double Value, double Low, double High, int N, double LatencyMsP50, string Data)
{
    private const int Rounds = 1_000;

    /// <summary>Of two classes.</summary>
    public Figure? Auroc { get; init; }

    public IReadOnlyList<Slice> Slices { get; init; } = [];

    public ComparisonReport? Compare { get; init; }

    public GateReport? Gate { get; init; }

    /// <summary>What makes these figures less than they seem.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <param name="other">The model that it is compared with, on the same pictures.</param>
    public static EvaluationReport Of(Contender run, Judgement judged, Contender? other = null, Judgement? theirs = null)
    {
        var evaluation = judged.Evaluation;
        return new EvaluationReport(run.Name, judged.Kind == DatasetKind.Boxes ? "map50" : "accuracy", evaluation.Value, evaluation.Low, evaluation.High, evaluation.Count, Math.Round(evaluation.LatencyMsP50, 4), evaluation.DatasetDigest)
        {
            Auroc = judged is { Kind: DatasetKind.Classes, Classes.Count: 2 } ? AreaOf(judged) : null,
            Slices = Measurement.Slices.Of(judged),
            Compare = other is null || theirs is null ? null : Compared(other.Name, PairedComparison.Of(theirs.Evaluation, evaluation), theirs.Evaluation),
        };
    }

    private static Figure AreaOf(Judgement judged)
    {
        var statistic = new RankStatistic(judged.Pictures.Select(picture => (picture.Shares[1], picture.Truth == 1)));
        var (low, high) = Bootstrap.Interval(statistic, judged.Pictures.Count, Rounds);
        return new Figure(statistic.Value(judged.Pictures.Count), low, high);
    }

    private static ComparisonReport Compared(string model, PairedResult paired, Compression.Evaluation theirs) =>
        new(model, theirs.Value, theirs.Low, theirs.High, 100 * paired.Drop, 100 * paired.Low, 100 * paired.High, paired.P, paired.Test, paired.Lost, paired.Won);
}
