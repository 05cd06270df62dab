using System.Numerics.Tensors;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Weights stored in 8 bits and widened once, when the network is loaded: a quarter of the file, the same arithmetic in floats. For links that are slow and devices that are not.</summary>
/// <remarks>
/// In: a cleaned float model, which is not changed. Out: the network with each large weight of Conv, ConvTranspose, Gemm and MatMul as int8, symmetric, one scale for each output channel, behind a DequantizeLinear.
/// Example: a channel whose largest weight is 1.27 has the scale 0.01, and 0.634 is stored as 63. Runs at the speed of floats only with <c>session.disable_quant_qdq=1</c>, which the device sets for the
/// variant <see cref="Variant"/>; otherwise ONNX Runtime widens again in every run. One thread.
/// </remarks>
public static class WeightOnlyQuantizer
{
    /// <summary>The name under which a package carries the network.</summary>
    public const string Variant = InferenceOptions.WeightOnlyVariant;

    private const int Steps = 127;
    // What a scale and a node cost in the file is about a tenth of this.
    private const int LeastBytes = 1024;
    // Because a channel may be all zeros, and its scale must not be.
    private const float LeastScale = 1e-12f;

    /// <exception cref="CompressionException">The model is quantized already.</exception>
    public static byte[] Quantize(OnnxModel cleaned)
    {
        GraphCleanup.RequireFloat(cleaned);
        var model = cleaned.Copy();
        foreach (var name in model.Graph.Nodes.Where(node => node.Is("Conv", "ConvTranspose", "Gemm", "MatMul")).Select(node => node.InputAt(1)).Distinct().ToArray())
        {
            if (model.Graph.Initializer(name) is { Dims.Count: >= 2, DataType: (int)TensorProto.Types.DataType.Float } weights && weights.Count() * sizeof(float) >= LeastBytes)
            {
                Store(model.Graph, weights, OutputAxis(model.Graph, weights));
            }
        }

        return model.Save();
    }

    // A tensor that several nodes read as different things has one scale for each channel of the first.
    private static int OutputAxis(OnnxGraph graph, TensorProto weights)
    {
        var node = graph.ConsumersOf(weights.Name)[0];
        return node.OpType switch
        {
            "Conv" => 0,
            "Gemm" => node.IntOf("transB", 0) != 0 ? 0 : 1,
            "ConvTranspose" => 1,
            _ => weights.Dims.Count - 1,
        };
    }

    private static void Store(OnnxGraph graph, TensorProto weights, int axis)
    {
        var (values, channels) = (weights.ReadFloats(), (int)weights.Dims[axis]);
        var inner = (int)weights.Dims.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
        var scales = new float[channels];
        for (var index = 0; index < values.Length; index++)
        {
            ref var scale = ref scales[index / inner % channels];
            scale = MathF.Max(scale, MathF.Abs(values[index]));
        }

        TensorPrimitives.Divide(scales, Steps, scales);
        TensorPrimitives.Max(scales, LeastScale, scales);
        sbyte[] steps = [.. values.Select((value, index) => (sbyte)Math.Clamp(MathF.Round(value / scales[index / inner % channels]), -Steps, Steps))];
        Replace(graph, weights, OnnxTensor.Of(graph.NewName(weights.Name + "_8bit"), [.. weights.Dims], steps), scales, axis);
    }

    private static void Replace(OnnxGraph graph, TensorProto weights, TensorProto steps, float[] scales, int axis)
    {
        var scale = OnnxTensor.Of(graph.NewName(weights.Name + "_scale"), [scales.Length], scales);
        graph.RemoveInitializer(weights.Name);
        graph.SetInitializer(steps);
        graph.SetInitializer(scale);
        var widen = OnnxNode.Of("DequantizeLinear", [steps.Name, scale.Name], [weights.Name], OnnxNode.Int("axis", axis));
        widen.Name = graph.NewName(widen.Name);
        graph.Insert(widen);
    }
}
