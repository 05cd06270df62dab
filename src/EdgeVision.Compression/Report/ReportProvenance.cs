namespace EdgeVision.Compression;

/// <summary>From what, with what and where a report was made.</summary>
/// <param name="Tool">Program and version.</param>
/// <param name="Runtime">ONNX Runtime's version.</param>
/// <param name="ModelDigest">Of the package's manifest.</param>
/// <param name="NetworkSha256">Of the float network's file.</param>
/// <param name="Calibration">Folder or list as it was given.</param>
/// <param name="CalibrationDigest">Of the pictures that were used, names and bytes.</param>
/// <param name="Evaluation">As it was given.</param>
/// <param name="EvaluationDigest">Of the data set.</param>
/// <param name="Settings">Everything that was asked for.</param>
/// <param name="Processor">Model of the processor.</param>
/// <param name="Threads">That the processor has.</param>
public sealed record ReportProvenance(
    string Tool,
    string Runtime,
    string ModelDigest,
    string NetworkSha256,
    string Calibration,
    int CalibrationPictures,
    string CalibrationDigest,
    string Evaluation,
    string EvaluationDigest,
    IReadOnlyDictionary<string, string> Settings,
    string Processor,
    int Threads);
