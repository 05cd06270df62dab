namespace EdgeVision.Compression;

/// <summary>Variants as lines of the report.</summary>
internal sealed class VariantRows(SearchFindings findings)
{
    // Conversions between integers and floats cost too, so they stand with what is computed in floats.
    private static readonly string[] Integer = ["QLinear", "MatMulInteger", "ConvInteger", "com.microsoft.QLinear", "com.microsoft.QGemm"];

    private readonly int _convs = findings.Prepared.Open().Graph.Nodes.Count(node => node.OpType == "Conv");

    public VariantReport Baseline() => Row(FloatSubject.Variant, findings.Subject.Package.ModelFile.Name, findings.Subject.Onnx, findings.Before) with { Recipe = "as it came" };

    /// <param name="rejection">Null = it is in the package.</param>
    public VariantReport Of(TriedVariant variant, string? rejection) => Row(variant.Kind, PackagePublisher.FileOf(findings.Subject, variant.Kind), variant.Onnx, variant.Evaluation) with
    {
        Drop = variant.Drop,
        DropLow = 100 * variant.Against.Low,
        DropHigh = 100 * variant.Against.High,
        P = variant.Against.P,
        Test = variant.Against.Test,
        QLinearConvs = variant.Fusion?.QLinearConvs ?? 0,
        FloatIslands = variant.FloatNodes,
        Recipe = variant.Recipe,
        FusionDifferences = variant.Fusion?.Differences,
        FloatOperators = variant.Fusion is { } fusion
            ? fusion.Operators.Where(pair => !Integer.Any(word => pair.Key.StartsWith(word, StringComparison.Ordinal))).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            : new Dictionary<string, int>(),
        Rejection = rejection,
    };

    private VariantReport Row(string kind, string file, byte[] onnx, Evaluation evaluation)
    {
        var latencies = findings.Latencies[kind];
        return new VariantReport
        {
            Kind = kind, File = file, Bytes = onnx.Length, SizeRatio = (double)onnx.Length / findings.Subject.Onnx.Length, Metric = evaluation.Metric,
            Fp32 = findings.Before.Value, Value = evaluation.Value, Low = evaluation.Low, High = evaluation.High, Drop = 0,
            LatencyMsFp32 = latencies[0].Fp32Least, LatencyMs = latencies[0].Least, Speedup = latencies[0].Fp32Least / Math.Max(latencies[0].Least, 1e-9),
            Convs = _convs, QLinearConvs = 0, FloatIslands = [], Latencies = latencies,
        };
    }
}
