using EdgeVision.Compression;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Measurement;

namespace EdgeVision.Trainer;

/// <summary>The package that would leave, on test pictures that nothing was chosen by: beside its float network, and beside the package in service.</summary>
/// <param name="Serving">Null = none was given.</param>
internal sealed record TestVerdict(Evaluation Chosen, Evaluation Float, Evaluation? Serving)
{
    public PairedResult Small { get; } = PairedComparison.Of(Float, Chosen);

    public PairedResult? AgainstServing { get; } = Serving is null ? null : PairedComparison.Of(Serving, Chosen);

    /// <exception cref="TrainerException">The package in service tells other classes.</exception>
    public static TestVerdict Of(ModelPackage package, string floatVariant, ModelPackage? serving, Dataset test, Action<double> progress, CancellationToken stop)
    {
        if (serving is not null)
        {
            ClassNames.RequireSame(package.ReadLabels(), "this one", serving.ReadLabels(), $"{serving.Manifest.Model} in service");
        }

        var (done, all) = (0, serving is null ? 2 : 3);
        Evaluation Measure(ModelPackage model)
        {
            using var loaded = Evaluator.Load(model, test.Kind);
            var evaluation = Evaluator.Evaluate(loaded, test, new EvaluationOptions(), new Part(share => progress((done + share) / all)), stop);
            done++;
            return evaluation;
        }

        return new TestVerdict(Measure(package), Measure(package.Select(floatVariant)), serving is null ? null : Measure(serving));
    }

    /// <summary>Why it must not leave; null = it may.</summary>
    /// <param name="maxDrop">Points of a hundred.</param>
    /// <param name="atLeast">0 to 1.</param>
    public string? Refusal(double maxDrop, double atLeast)
    {
        var limit = maxDrop / 100;
        return (Chosen.Value, Small, AgainstServing) switch
        {
            var (value, _, _) when value < atLeast => FormattableString.Invariant($"{Chosen.Metric} {value:0.0000} on {Chosen.Count} test pictures is below {atLeast}: train longer or on more data, or lower --at-least."),
            var (_, small, _) when small.Low > limit => FormattableString.Invariant($"made small it loses {100 * small.Drop:0.00} points of {Chosen.Metric} on the test pictures, surely more than {maxDrop}: raise --max-drop, or train it for 8 bits."),
            (_, _, { } loss) when GateReport.Of(100 * loss.Drop, loss.P, loss.Lost, loss.Won, maxDrop) is { Passed: false } gate => FormattableString.Invariant(
                $"{Chosen.Metric} {Chosen.Value:0.0000} on {Chosen.Count} test pictures, against {Serving!.Value:0.0000} of the package in service: {gate.Reason}."),
            _ => null,
        };
    }

    private sealed class Part(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
