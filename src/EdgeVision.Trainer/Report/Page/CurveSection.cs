using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Report;

/// <summary>How it was learnt, epoch by epoch.</summary>
internal static class CurveSection
{
    public static string Of(RunFindings findings)
    {
        var epochs = findings.Epochs;
        return epochs.Count == 0 ? "" : $"""
            <section>
            <h2>How it learnt</h2>
            <p class="lead">Blue: validation pictures, which it does not learn from. Grey: those that it learns from, each before it was. Where blue turns away from grey, it learns by heart.</p>
            <div class="plots">
            {LineChart.Of("Loss", [Line("validation", "a", epochs, epoch => epoch.ValidationLoss), Line("learnt from", "b", epochs, epoch => epoch.Loss)])}
            {LineChart.Of(MetricNames.Capital(epochs[^1].Metric), [Line("validation", "a", epochs, epoch => epoch.Validation), .. LearntFrom(epochs)])}
            {LineChart.Of("Learning rate", [Line("", "a", epochs, epoch => epoch.LearningRate)], y: (0, 1.15 * epochs.Max(epoch => epoch.LearningRate)))}
            {LineChart.Of("Memory of the process, MiB", [Line("", "a", epochs, epoch => epoch.MemoryMiB)], y: (0, 1.15 * epochs.Max(epoch => epoch.MemoryMiB)))}
            </div>
            </section>
            """;
    }

    private static ChartLine[] LearntFrom(IReadOnlyList<EpochMetrics> epochs) =>
        epochs.All(epoch => epoch.Accuracy is not null) ? [Line("learnt from", "b", epochs, epoch => epoch.Accuracy!.Value)] : [];

    private static ChartLine Line(string name, string style, IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double> value) => new(name, style, [.. epochs.Select(epoch => ((double)epoch.Epoch, value(epoch)))]);
}
