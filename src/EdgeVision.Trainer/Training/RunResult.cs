namespace EdgeVision.Trainer.Training;

/// <summary>What came of a run: <c>result.json</c>, and the last line of the command.</summary>
/// <param name="Metric">What <paramref name="Value"/> is.</param>
/// <param name="Onnx">Path of the exported network.</param>
/// <param name="MaxExportDifference">Largest difference of an answer (as a share of those above 1) between libtorch and ONNX Runtime on test samples.</param>
internal sealed record RunResult(string Metric, double Value, TestResult Test, double SecondsPerEpoch, long Parameters, long Macs, string Onnx, double MaxExportDifference)
{
    /// <summary>Null where nothing is to be sure of, or nothing to be divided.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Null where nobody said what errors cost.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Of a run that learnt for 8 bits; <see cref="MaxExportDifference"/> is then between its rounded network and this file.</summary>
    public Int8Result? Int8 { get; init; }
}
