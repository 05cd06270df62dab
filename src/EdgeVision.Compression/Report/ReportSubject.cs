namespace EdgeVision.Compression;

/// <summary>Which model a report is about.</summary>
/// <param name="Input">As in <c>images float32 [1, 3, 416, 416]</c>.</param>
/// <param name="Parameters">Numbers in the network's weights.</param>
/// <param name="Macs">Multiplications with addition for one picture.</param>
/// <param name="Metric">top1, ap50, text, agreement.</param>
/// <param name="Items">Pictures it was measured on.</param>
public sealed record ReportSubject(string Model, string Version, string Input, long Parameters, long Macs, string Metric, int Items);
