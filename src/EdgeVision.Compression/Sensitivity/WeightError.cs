using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What 8 bits do to the weights of a layer.</summary>
internal static class WeightError
{
    public static (double PerChannel, double PerTensor, double RangeRatio) Of(OnnxGraph graph, NodeProto node)
    {
        var tensor = graph.Initializer(node.Input[1])!;
        var weights = tensor.ReadFloats();
        var axis = node.OpType == "Conv" || node.IntOf("transB", 0) != 0 ? 0 : 1;
        var (channels, row) = ((int)tensor.Dims[axis], tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, length) => product * length));
        Func<int, int> channelOf = index => (int)(index / row % channels);
        var scales = WeightScales.Of(weights, channels, channelOf);
        return (Sqnr(weights, scales, channelOf), Sqnr(weights, WeightScales.Of(weights, 1, _ => 0), _ => 0), RangeRatio(weights, scales, channelOf));
    }

    private static double Sqnr(float[] weights, float[] scales, Func<int, int> channelOf)
    {
        var steps = WeightScales.Quantize(weights, scales, channelOf);
        var (signal, noise) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var error = weights[i] - ((double)steps[i] * scales[channelOf(i)]);
            signal += (double)weights[i] * weights[i];
            noise += error * error;
        }

        return Decibels.Of(signal, noise);
    }

    private static double RangeRatio(float[] weights, float[] scales, Func<int, int> channelOf)
    {
        var held = weights.Select((weight, index) => (weight, index)).Where(pair => pair.weight != 0).Select(pair => channelOf(pair.index)).ToHashSet();
        var used = scales.Where((_, channel) => held.Contains(channel)).ToArray();
        return used.Length == 0 ? 1 : used.Max() / used.Min();
    }
}
