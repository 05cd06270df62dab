namespace EdgeVision.Trainer.Report;

/// <summary>One line of a chart.</summary>
/// <param name="Style"><c>a</c>: strong; <c>b</c>: grey and dashed.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
