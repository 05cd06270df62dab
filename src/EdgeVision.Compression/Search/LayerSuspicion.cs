using System.Runtime.InteropServices;

namespace EdgeVision.Compression;

/// <summary>How much each layer hurts when it alone is in 8 bits: nearness of the network's outputs to float, on a few samples; worst first.</summary>
/// <remarks>Example: 76 convolutions are 76 networks of which each has one in integers. Kept in the work folder. One thread.</remarks>
internal sealed class LayerSuspicion(QuantizationGround ground, WorkFolder work)
{
    private const int Samples = 4;

    public IReadOnlyList<LayerReport> Measure(QuantizationRecipe recipe, QuantizationForm form, IReadOnlyList<string> kept, IProgress<double>? progress, CancellationToken stop)
    {
        var model = ground.Network.Open();
        var tails = ground.Quantize(recipe, form, null, stop).Promise.FloatIslands.ToHashSet(StringComparer.Ordinal);
        var layers = model.Graph.Nodes.Where(node => node.OpType is "Conv" or "Gemm" or "MatMul" && !tails.Contains(node.Name)).Select(node => (node.Name, node.OpType)).ToArray();
        string[] all = [.. model.Graph.Nodes.Select(node => node.Name)];
        var decibels = MemoryMarshal.Cast<byte, double>(work.Get("layers", [ground.Network.Digest, ground.Calibration.SampleDigest, recipe.Name, form.ToString()], () => Measure(recipe, form, [.. layers.Select(layer => layer.Name)], all, progress, stop))).ToArray();
        return [.. layers.Zip(decibels, (layer, value) => new LayerReport(layer.Name, layer.OpType, null, null, value, kept.Contains(layer.Name))).OrderBy(layer => layer.OutputSqnr)];
    }

    private byte[] Measure(QuantizationRecipe recipe, QuantizationForm form, string[] layers, string[] all, IProgress<double>? progress, CancellationToken stop)
    {
        var nearness = new OutputSqnr(ground.Network.Onnx, [.. ground.Samples.Take(Samples)]);
        var decibels = new double[layers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            var others = all.Where(name => name != layers[i]).ToHashSet(StringComparer.Ordinal);
            decibels[i] = nearness.Of(ground.Quantize(recipe with { CorrectsBias = false }, form, others, stop).Onnx, stop);
            progress?.Report((i + 1.0) / layers.Length);
        }

        return MemoryMarshal.AsBytes<double>(decibels).ToArray();
    }
}
