using System.Globalization;

namespace EdgeVision.Workbench;

/// <summary>What pruning did, in lines for people.</summary>
internal static class PruneText
{
    public static IEnumerable<string> Of(PrunedNetwork network, string target)
    {
        var report = network.Report;
        yield return Text($"MACs        {report.MacsBefore,15:N0} -> {report.MacsAfter,15:N0}  {report.Macs,6:P1}");
        yield return Text($"parameters  {report.ParametersBefore,15:N0} -> {report.ParametersAfter,15:N0}  {report.Parameters,6:P1}");
        yield return Text($"bytes       {network.BytesBefore,15:N0} -> {network.Onnx.Length,15:N0}  {(double)network.Onnx.Length / network.BytesBefore,6:P1}");
        foreach (var layer in report.Layers.Where(layer => layer.After < layer.Before))
        {
            yield return Text($"  {layer.Before,5} -> {layer.After,5}  {layer.Operator} {layer.Node}");
        }

        foreach (var layer in report.Blocked)
        {
            yield return Text($"  {layer.Kept,5} stay of {layer.Of}  {layer.Operator} {layer.Node}: {layer.Reason}");
        }

        yield return $"written to {target}: train it, or measure first what it still sees";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
