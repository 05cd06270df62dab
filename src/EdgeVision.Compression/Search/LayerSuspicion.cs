using System.Text.Json;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>How much each layer suffers in 8 bits, worst first, as the report shows it and as float islands are searched. Kept in the work folder.</summary>
internal sealed class LayerSuspicion(QuantizationGround ground, WorkFolder work)
{
    public IReadOnlyList<LayerReport> Measure(QuantizationRecipe recipe, QuantizationForm form, IReadOnlyList<string> kept, IProgress<double>? progress, CancellationToken stop)
    {
        string[] key = [ground.Network.Digest, ground.Calibration.SampleDigest, recipe.Name, form.ToString()];
        var json = work.Get("layers", key, () => JsonSerializer.SerializeToUtf8Bytes(Measure(recipe, form, progress, stop), SearchJson.Default.LayerReportArray));
        return [.. JsonSerializer.Deserialize(json, SearchJson.Default.LayerReportArray)!.Select(layer => layer with { IsFloat = kept.Contains(layer.Node) })];
    }

    private LayerReport[] Measure(QuantizationRecipe recipe, QuantizationForm form, IProgress<double>? progress, CancellationToken stop)
    {
        var model = ground.Network.Open();
        var options = new QuantizationOptions { Form = form, Range = recipe.Range };
        var report = Sensitivity.Measure(model, ground.Calibration, options, ground.Samples, new SensitivityOptions { Cumulative = -1 }, progress, stop);
        var values = report.Values.ToDictionary(value => value.Value, value => value.Sqnr, StringComparer.Ordinal);
        var nodes = model.Graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        return [.. report.Layers.Select(layer => new LayerReport(layer.Node, layer.Operator, layer.WeightSqnrPerChannel, ActivationOf(model.Graph, nodes[layer.Node], values), layer.OutputSqnr, false))];
    }

    // Calibrated is what stands behind the activation function that belongs to the layer.
    private static double? ActivationOf(OnnxGraph graph, NodeProto node, Dictionary<string, double?> values) =>
        values.TryGetValue(node.Output[0], out var own) ? own : graph.ConsumersOf(node.Output[0]) is [var only] ? values.GetValueOrDefault(only.Output[0]) : null;
}
