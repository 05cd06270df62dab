using System.Numerics.Tensors;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Planted;

/// <summary>Convolutions of a network in 8 bits: weights signed and per channel, activations unsigned with one scale, biases of 32 bits; QuantizeLinear and DequantizeLinear around them.</summary>
/// <remarks>
/// Static, calibrated with least and greatest values. Example: activations from -1 to 4.1 have scale 5.1 / 255 = 0.02 and zero point 50.
/// Needs operators of version 13, which the graph is said to have; what a plain CNN is made of did not change from 11 to 13.
/// </remarks>
public sealed class QdqQuantizer
{
    private const int PerChannelOpset = 13;
    private const int WeightSteps = 127;
    private const int ActivationSteps = 255;
    // Because a channel may be all zeros, and its scale must not be.
    private const float LeastRange = 1e-6f;

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, (float Least, float Greatest)> _ranges;

    private QdqQuantizer(OnnxGraph graph, Dictionary<string, (float Least, float Greatest)> ranges)
    {
        _graph = graph;
        _ranges = ranges;
    }

    /// <param name="network">With its batch normalisation folded.</param>
    /// <param name="calibration">Input tensors of some pictures.</param>
    public static byte[] Quantize(byte[] network, IEnumerable<float[]> calibration)
    {
        var model = OnnxModel.Load(network, "quantized");
        var graph = model.Graph;
        var convolutions = graph.Nodes.Where(node => node.OpType == "Conv" && graph.Initializer(node.Input[1]) is not null && !IsTail(graph, node)).ToArray();
        var activations = convolutions.SelectMany(node => new[] { node.Input[0], Activated(graph, node.Output[0]) }).Where(value => !graph.IsOutput(value)).Distinct().ToArray();
        var quantizer = new QdqQuantizer(graph, ActivationRanges.Measure(network, graph.Inputs.First().Name, activations, calibration));
        foreach (var convolution in convolutions)
        {
            quantizer.QuantizeWeights(convolution);
        }

        foreach (var activation in activations)
        {
            quantizer.QuantizeActivation(activation);
        }

        graph.Touch();
        graph.RemoveUnused();
        model.RaiseOpset(PerChannelOpset);
        return model.Save();
    }

    // What decides boxes and scores stays in floats: one scale for coordinates and probabilities would blur both.
    private static bool IsTail(OnnxGraph graph, NodeProto node) => node.Output.All(value => graph.ConsumersOf(value).All(next => next.OpType is not ("Conv" or "Gemm") && IsTail(graph, next)));

    // Behind the activation function, because between the two ONNX Runtime could not join them.
    private static string Activated(OnnxGraph graph, string value) =>
        graph.ConsumersOf(value) is [{ OpType: "Relu" or "Clip" } only] ? only.Output[0] : value;

    private void QuantizeActivation(string value)
    {
        var scale = ScaleOf(value);
        var zero = (byte)Math.Clamp(MathF.Round(-_ranges[value].Least / scale), 0, ActivationSteps);
        var stem = _graph.NewName(value + "_8bit");
        _graph.SetInitializer(OnnxTensor.Of(stem + "_scale", [], [scale]));
        _graph.SetInitializer(OnnxTensor.Of(stem + "_zero", [], [zero]));
        var quantize = OnnxNode.Of("QuantizeLinear", [value, stem + "_scale", stem + "_zero"], [stem]);
        _graph.Redirect(value, stem + "_float");
        _graph.Insert(quantize, OnnxNode.Of("DequantizeLinear", [stem, stem + "_scale", stem + "_zero"], [stem + "_float"]));
    }

    private void QuantizeWeights(NodeProto convolution)
    {
        var tensor = _graph.Initializer(convolution.Input[1])!;
        var values = tensor.ReadFloats();
        var (channels, row) = ((int)tensor.Dims[0], values.Length / (int)tensor.Dims[0]);
        var scales = new float[channels];
        var steps = new sbyte[values.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            var weights = values.AsSpan(channel * row, row);
            scales[channel] = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(weights)), LeastRange) / WeightSteps;
            for (var i = 0; i < row; i++)
            {
                steps[(channel * row) + i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[channel]), -WeightSteps, WeightSteps);
            }
        }

        convolution.Input[1] = Dequantized(OnnxTensor.Of(tensor.Name + "_8bit", [.. tensor.Dims], steps), scales, OnnxTensor.Of(tensor.Name + "_8bit_zero", [channels], new sbyte[channels]));
        if (convolution.Input.Count > 2)
        {
            QuantizeBias(convolution, scales);
        }
    }

    // At the scale of the products it is added to: another one keeps the convolution in floats.
    private void QuantizeBias(NodeProto convolution, float[] weightScales)
    {
        var tensor = _graph.Initializer(convolution.Input[2])!;
        var input = ScaleOf(convolution.Input[0]);
        float[] scales = [.. weightScales.Select(scale => scale * input)];
        int[] steps = [.. tensor.ReadFloats().Zip(scales, (value, scale) => (int)Math.Clamp(Math.Round((double)value / scale), int.MinValue, int.MaxValue))];
        convolution.Input[2] = Dequantized(
            OnnxTensor.Of(tensor.Name + "_32bit", [steps.Length], steps), scales, OnnxTensor.Of(tensor.Name + "_32bit_zero", [steps.Length], new int[steps.Length]));    }

    private string Dequantized(TensorProto steps, float[] scales, TensorProto zeros)
    {
        var scale = OnnxTensor.Of(steps.Name + "_scale", [scales.Length], scales);
        _graph.SetInitializer(steps);
        _graph.SetInitializer(scale);
        _graph.SetInitializer(zeros);
        var node = OnnxNode.Of("DequantizeLinear", [steps.Name, scale.Name, zeros.Name], [steps.Name + "_float"], OnnxNode.Int("axis", 0));
        _graph.Insert(node);
        return node.Output[0];
    }

    private float ScaleOf(string value) => MathF.Max(_ranges[value].Greatest - _ranges[value].Least, LeastRange) / ActivationSteps;
}
