namespace EdgeVision.Compression.Tests;

/// <summary>A report made up by hand, with something in every part of it.</summary>
internal static class SampleReport
{
    public static readonly VariantReport Float = new()
    {
        Kind = "fp32", File = "detector.onnx", Bytes = 3_660_092, SizeRatio = 1, Metric = "ap50", Fp32 = 0.783, Value = 0.783, Low = 0.71, High = 0.84, Drop = 0,
        LatencyMsFp32 = 9.12, LatencyMs = 9.12, Speedup = 1, Convs = 76, QLinearConvs = 0, FloatIslands = [],
    };

    public static readonly VariantReport Small = Float with
    {
        Kind = "int8-cpu-u8s8", File = "detector-int8-cpu-u8s8.onnx", Bytes = 1_080_411, SizeRatio = 0.295, Value = 0.779, Low = 0.705, High = 0.838, Drop = 0.4, DropLow = -0.3, DropHigh = 1.2,
        LatencyMs = 5.21, Speedup = 1.75, QLinearConvs = 70, FloatIslands = ["head/cls_pred", "head/reg_pred", "head/obj_pred"],
        Latencies = [new LatencyReport(1, 9.12, 9.6, 5.21, 5.5), new LatencyReport(2, 5.3, 6.2, 3.6, 4.4)], Recipe = "percentile 99.99, bias corrected", P = 0.42, Test = "bootstrap",
        FusionDifferences = [], FloatOperators = new Dictionary<string, int> { ["Concat"] = 4, ["Conv"] = 6, ["Exp"] = 1 },
    };

    public static readonly CompressionReport Report = new()
    {
        Verdict = "int8-cpu-u8s8 runs 1.75 times as fast in 30 % of the bytes and loses 0.40 points of AP50, within the 0.50 that were allowed.",
        Holds = true,
        Subject = new ReportSubject("detector", "1.0.0", "images float32 [1, 3, 416, 416]", 908_237, 541_000_000, "ap50", 100),
        Baseline = Float,
        Variants = [Small, Float with { Kind = "fp16", File = "detector-fp16.onnx", Bytes = 1_840_000, SizeRatio = 0.503, Speedup = 0.99, LatencyMs = 9.2, Recipe = "float16 weights" }],
        Rejected = [Small with { Kind = "int8-tensorrt-s8s8", Drop = 0.9, Value = 0.774, LatencyMs = 17.5, Speedup = 0.52, Rejection = "loses 0.90 points, 0.50 are allowed", FusionDifferences = ["Conv 'stem' stays float"] }],
        Candidates = [new CandidateReport("percentile 99.99, bias corrected", 24.1, 0.4, 3), new CandidateReport("min-max", 22.8, 0.6, 3), new CandidateReport("entropy", 11.5, null, 3)],
        Layers = [.. Enumerable.Range(0, 30).Select(i => new LayerReport($"backbone/dark{i}/conv<{i}>", "Conv", 38 + (i % 5), 18 + (i * 0.8), 21 + i, i == 3))],
        Histograms = [.. Enumerable.Range(0, 4).Select(i => new HistogramReport($"/backbone/act_{i}", -0.3, 12 + i, -0.28, 8 + i, [.. Enumerable.Range(0, 512).Select(bin => (long)(1e6 * Math.Exp(-bin / 40.0)))]))],
        Disagreements = [new DisagreementReport("000000000139.jpg", "1 box is missing", ["person 0.91", "chair 0.44"], ["person 0.90"]) { BeforeJpeg = new byte[] { 0xFF, 0xD8, 0xFF }, AfterJpeg = new byte[] { 0xFF, 0xD8, 0xFF } }],
        Operators = [new OperatorTimeReport("Conv", 6.1, 3.2, 0.61), new OperatorTimeReport("QuickGelu", 2.75, 0, 0), new OperatorTimeReport("Mul", 0.04, 1.15, 0.22), new OperatorTimeReport("others", 0.3, 0.9, 0.17)],
        Changes = ["BatchNormalization 'bn1' folded into Conv 'conv1'"],
        Warnings = ["3 calibration pictures are black"],
        Provenance = new ReportProvenance(
            "edgevision 0.1.0", "1.31.1", "sha256:" + new string('a', 64), new string('b', 64), "pictures/", 100, "sha256:" + new string('c', 64), "val.json", "sha256:" + new string('d', 64),
            new Dictionary<string, string> { ["Target"] = "auto", ["Most points to lose"] = "0.5" }, "Intel(R) Xeon(R)", 2),
    };
}
