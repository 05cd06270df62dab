using System.Globalization;
using EdgeVision.Compression;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>What somebody sees who has five seconds.</summary>
internal static class SummarySection
{
    public static string Of(RunFindings findings) => $"""
        <header>
        <p>Training report · {PageText.Of(findings.Name)} · {PageText.Of(findings.Run.Settings.Model)} on {PageText.Of(findings.Data.Name)}</p>
        <h1>{Sentence(findings)}</h1>
        </header>
        <div class="tiles">
        {Tile(Percent(Value(findings)), MetricNames.Of(findings.Result.Metric), Interval(findings))}
        {Further(findings)}
        {Tile(Count(findings.Result.Parameters), "parameters", $"{Count(findings.Result.Macs)} MACs a picture")}
        {Tile($"{Number(findings.Result.SecondsPerEpoch, 1)} s", "an epoch", $"{Plural(findings.Epochs.Count, "epoch")}, {Plural(findings.Run.Settings.Options.Threads, "thread")}")}
        {(findings.Judged is { } judged ? Tile(Milliseconds(judged.Evaluation.LatencyMsP50), "a picture", "ONNX Runtime here, one thread, median") : "")}
        </div>
        """;

    private static double Value(RunFindings findings) => findings.Judged?.Evaluation.Value ?? findings.Result.Value;

    private static string Sentence(RunFindings findings) => findings.Judged is { Kind: DatasetKind.Classes } judged
        ? $"Right on {Percent(judged.Evaluation.Value)} of {judged.Evaluation.Count.ToString("#,0", CultureInfo.InvariantCulture)} pictures that it had never seen"
        : $"{MetricNames.Capital(findings.Result.Metric)}: {Percent(Value(findings))} on {findings.Result.Test.N.ToString("#,0", CultureInfo.InvariantCulture)} pictures that it had never seen";

    private static string Interval(RunFindings findings) => findings.Judged is { Evaluation: var evaluation }
        ? $"{Number(100 * evaluation.Low, 1)} to {Percent(evaluation.High)} with 95 % confidence"
        : $"{Plural(findings.Result.Test.N, "test picture")}";

    private static string Further(RunFindings findings) => (findings.Result.Test.Auroc, findings.Result.Calibration) switch
    {
        ({ } area, _) => Tile(Number(area, 3), "area under ROC", "0.5 is guessing, 1 is perfect"),
        (_, { } calibration) => Tile(Percent(calibration.ErrorAfter), "calibration error", $"{Percent(calibration.ErrorBefore)} before temperature {Number(calibration.Temperature)}"),
        _ => "",
    };
}
