using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Weights stored in 8 bits and biases in 32, each with a DequantizeLinear behind it. Nodes that share weights go on sharing them.</summary>
internal sealed class WeightWriter(OnnxGraph graph, QuantizedNames names, QuantizationOptions options)
{
    // Two nodes and the scales outweigh fewer.
    private const int LeastStored = 256;

    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _zeros = new(StringComparer.Ordinal);

    public void Write(NodeProto node, ActivationParameters input)
    {
        var tensor = graph.Initializer(node.Input[1])!;
        var (axis, weights) = (AxisOf(node), tensor.ReadFloats());
        var channels = PerChannel ? ChannelsOf(tensor, axis) : 1;
        var row = tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
        Func<int, int> channelOf = PerChannel ? index => (int)(index / row % channels) : _ => 0;
        var scales = WeightScales.Of(weights, channels, channelOf);
        if (graph.Initializer(node.InputAt(2)) is { } bias && options.Form != QuantizationForm.TensorRtS8S8)
        {
            float[] values = bias.ReadFloats() is [var only] ? [.. Enumerable.Repeat(only, ChannelsOf(tensor, axis))] : bias.ReadFloats();
            scales = WeightScales.RaisedFor(scales, values, input.Scale);
            node.Input[2] = WriteBias(values, [.. scales.Select(scale => scale * input.Scale)]);
        }

        node.Input[1] = WriteWeights(tensor, WeightScales.Quantize(weights, scales, channelOf), scales, axis);
    }

    /// <summary>Whether <see cref="Store"/> takes it: a convolution with enough weights of its own.</summary>
    public static bool MayStore(OnnxGraph graph, NodeProto node) =>
        node.OpType == "Conv" && graph.Initializer(node.Input[1]) is { } tensor && tensor.Count() >= LeastStored && graph.HasOneReader(tensor.Name);

    /// <summary>Weights of a convolution that computes in floats. As Cast and Mul, because the runtime computes these once at load, and a DequantizeLinear in every run.</summary>
    public void Store(NodeProto conv)
    {
        var tensor = graph.Initializer(conv.Input[1])!;
        var (channels, weights, stem) = (ChannelsOf(tensor, 0), tensor.ReadFloats(), names.Next());
        Func<int, int> channelOf = index => index / (weights.Length / channels);
        var scales = WeightScales.Of(weights, channels, channelOf);
        graph.SetInitializer(OnnxTensor.Of(stem, [.. tensor.Dims], WeightScales.Quantize(weights, scales, channelOf)));
        graph.SetInitializer(OnnxTensor.Of(stem + "s", [channels, .. tensor.Dims.Skip(1).Select(_ => 1L)], scales));
        graph.Insert(OnnxNode.Of("Cast", [stem], [stem + "c"], OnnxNode.Int("to", (long)TensorProto.Types.DataType.Float)), OnnxNode.Of("Mul", [stem + "c", stem + "s"], [stem + "f"]));
        conv.Input[1] = stem + "f";
    }

    private bool PerChannel => options is { PerChannel: true, Form: not QuantizationForm.CpuS8S8 };

    private static int ChannelsOf(TensorProto tensor, int axis) => (int)tensor.Dims[axis];

    private static int AxisOf(NodeProto node) => node.OpType switch
    {
        "Conv" => 0,
        "Gemm" => node.IntOf("transB", 0) != 0 ? 0 : 1,
        _ => 1,
    };

    private string WriteWeights(TensorProto tensor, sbyte[] steps, float[] scales, int axis)
    {
        // The scales are part of the key, because a node whose bias raised them has weights of its own.
        var key = $"{tensor.Name} {axis} {string.Join(' ', scales.Select(BitConverter.SingleToInt32Bits))}";
        if (!_written.TryGetValue(key, out var value))
        {
            var stem = names.Next();
            graph.SetInitializer(OnnxTensor.Of(stem, [.. tensor.Dims], steps));
            _written[key] = value = WriteDequantize(stem, OnnxTensor.Of($"zero_{scales.Length}_8bit", Dims(scales), new sbyte[scales.Length]), scales, axis);
        }

        return value;
    }

    private string WriteBias(float[] values, float[] scales)
    {
        var stem = names.Next();
        int[] steps = [.. values.Select((value, i) => (int)Math.Round(value / (double)scales[scales.Length == 1 ? 0 : i]))];
        graph.SetInitializer(OnnxTensor.Of(stem, [steps.Length], steps));
        return WriteDequantize(stem, OnnxTensor.Of($"zero_{scales.Length}_32bit", Dims(scales), new int[scales.Length]), scales, 0);
    }

    private string WriteDequantize(string stem, TensorProto zeros, float[] scales, int axis)
    {
        var scale = OnnxTensor.Of(stem + "s", Dims(scales), scales);
        graph.SetInitializer(scale);
        var read = stem + "f";
        var node = new NodeProto { OpType = "DequantizeLinear", Input = { stem, scale.Name, ZerosOf(zeros) }, Output = { read } };
        node.Attribute.Add(OnnxNode.Int("axis", axis));
        graph.Insert(node);
        return read;
    }

    // One for all weights with as many channels, because zeros of 32 bits would be a third of what a depthwise network's parameters take.
    private string ZerosOf(TensorProto zeros)
    {
        if (!_zeros.TryGetValue(zeros.Name, out var name))
        {
            _zeros[zeros.Name] = name = names.Next();
            zeros.Name = name;
            graph.SetInitializer(zeros);
        }

        return name;
    }

    private ReadOnlySpan<long> Dims(float[] scales) => PerChannel ? new long[] { scales.Length } : [];
}
