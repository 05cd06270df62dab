using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>The values that a person should see the numbers of: what the most suspicious layers give.</summary>
internal static class HistogramChoice
{
    private const int Most = 6;
    private const int Bins = 512;

    public static IReadOnlyList<HistogramReport> Of(SearchFindings findings)
    {
        var calibration = findings.Ground.Calibration;
        var graph = findings.Prepared.Open().Graph;
        var nodes = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var suspects = findings.Layers.Where(layer => nodes.ContainsKey(layer.Node)).Select(layer => Watched(graph, nodes[layer.Node].Output[0], calibration));
        return [.. suspects.Concat(calibration.Values).OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).Select(value => Of(value, calibration, findings.RangeRule))];
    }

    // Calibrated is what stands behind the activation function that belongs to the layer.
    private static string? Watched(OnnxGraph graph, string value, CalibrationData calibration) =>
        calibration.Values.Contains(value) ? value : graph.ConsumersOf(value) is [var only] && calibration.Values.Contains(only.Output[0]) ? only.Output[0] : null;

    private static HistogramReport Of(string value, CalibrationData calibration, RangeRule rule)
    {
        var histogram = calibration.HistogramOf(value);
        var range = calibration.RangeOf(value, rule);
        var each = Math.Max(1, (int)Math.Ceiling(histogram.Counts.Count / (double)Bins));
        long[] counts = [.. histogram.Counts.Chunk(each).Select(chunk => chunk.Sum())];
        return new HistogramReport(value, histogram.Edge(0), histogram.Edge(0) + (counts.Length * each * histogram.BinWidth), range.Least, range.Greatest, counts);
    }
}
