namespace EdgeVision.Trainer.Training;

/// <summary>On pictures that were used once, at the end: the objective's figure, 0 to 1, under its name; of two classes the area under the receiver operating characteristic too.</summary>
/// <param name="N">Pictures.</param>
internal sealed record TestResult(int N)
{
    public double? Accuracy { get; init; }

    public double? Map50 { get; init; }

    public double? Miou { get; init; }

    public double? Auroc { get; init; }

    /// <param name="metric">As <see cref="Objective.Metric"/>.</param>
    public static TestResult Of(string metric, double value, int n) => metric switch
    {
        "accuracy" => new TestResult(n) { Accuracy = value },
        "map50" => new TestResult(n) { Map50 = value },
        "miou" => new TestResult(n) { Miou = value },
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "no metric"),
    };
}
