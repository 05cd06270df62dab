using System.Numerics.Tensors;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Weights and bias of one Conv, ConvTranspose, Gemm or MatMul, to be scaled by channel; nothing is in the graph before <see cref="Write()"/>.</summary>
internal sealed class WeightedLayer
{
    private readonly OnnxGraph _graph;
    private readonly ChannelLayout _layout;
    private readonly float[] _givenWeights;
    private readonly float[]? _givenBias;
    private float[] _weights;
    private float[]? _bias;

    private WeightedLayer(OnnxGraph graph, NodeProto node, ChannelLayout layout, float[] weights, float[]? bias)
    {
        _graph = graph;
        _layout = layout;
        Node = node;
        (_givenWeights, _givenBias) = (weights, bias);
        (_weights, _bias) = ([.. weights], bias?.ToArray());
    }

    public NodeProto Node { get; }

    public int Outputs => _layout.Outputs;

    public int Inputs => _layout.Inputs;

    /// <summary>Whether channels lie in the second dimension with pixels behind them, as in a convolution.</summary>
    public bool IsSpatial => Node.OpType is "Conv" or "ConvTranspose";

    /// <summary>Dimensions of what it writes: as many as its weights have.</summary>
    public int Rank => _graph.Initializer(Node.Input[1])!.Dims.Count;

    /// <summary>Whether its bias is constant and has one number for each channel, or there is none.</summary>
    public bool HasChannelBias => BiasName is null || _bias?.Length == Outputs;

    /// <summary>Zeros where it has none.</summary>
    public float[] Bias
    {
        get => _bias?.ToArray() ?? new float[Outputs];
        set => _bias = value;
    }

    private string? BiasName => Node.OpType != "MatMul" && Node.Input.Count > 2 && Node.Input[2].Length > 0 ? Node.Input[2] : null;

    /// <summary>Null where the node has no constant float32 weights of a known form.</summary>
    public static WeightedLayer? Of(OnnxGraph graph, NodeProto node)
    {
        if (node.Domain.Length > 0 || node.Input.Count < 2 || FloatsOf(graph, node.Input[1]) is not { } weights || ChannelLayout.Of(node, graph.Initializer(node.Input[1])!) is not { } layout)
        {
            return null;
        }

        return new WeightedLayer(graph, node, layout, weights, node.OpType != "MatMul" && node.Input.Count > 2 ? FloatsOf(graph, node.Input[2]) : null);
    }

    /// <summary>Greatest magnitude among the weights that write each output channel.</summary>
    public float[] OutputRanges()
    {
        var ranges = new float[Outputs];
        EachBlock((output, _, weights) => ranges[output] = MathF.Max(ranges[output], MathF.Abs(TensorPrimitives.MaxMagnitude<float>(weights))));
        return ranges;
    }

    /// <summary>Greatest magnitude among the weights that read each of so many channels; a flattened channel is a row of inputs.</summary>
    public float[] InputRanges(int channels)
    {
        var ranges = new float[channels];
        var row = Inputs / channels;
        EachBlock((_, input, weights) => ranges[input / row] = MathF.Max(ranges[input / row], MathF.Abs(TensorPrimitives.MaxMagnitude<float>(weights))));
        return ranges;
    }

    public void DivideOutputs(float[] scales)
    {
        EachBlock((output, _, weights) => TensorPrimitives.Divide(weights, scales[output], weights));
        for (var i = 0; i < _bias?.Length; i++)
        {
            _bias[i] /= scales[i];
        }
    }

    public void MultiplyInputs(float[] scales)
    {
        var row = Inputs / scales.Length;
        EachBlock((_, input, weights) => TensorPrimitives.Multiply(weights, scales[input / row], weights));
    }

    /// <summary>For each output: the sum over its weights of weight times the number of the channel it reads.</summary>
    public float[] ResponseTo(float[] channels)
    {
        var response = new double[Outputs];
        var row = Inputs / channels.Length;
        EachBlock((output, input, weights) => response[output] += (double)TensorPrimitives.Sum<float>(weights) * channels[input / row]);
        return [.. response.Select(value => (float)value)];
    }

    public void Reset() => (_weights, _bias) = ([.. _givenWeights], _givenBias?.ToArray());

    /// <summary>Puts weights and bias into the graph; what other nodes read too is copied first.</summary>
    public void Write()
    {
        Write(1, _graph.Initializer(Node.Input[1])!.Dims, _weights);
        if (_bias is null || Node.OpType == "MatMul")
        {
            return;
        }

        while (Node.Input.Count < 3)
        {
            Node.Input.Add("");
        }

        Write(2, BiasName is { } name ? _graph.Initializer(name)!.Dims : [_bias.Length], _bias);
    }

    private void Write(int input, IEnumerable<long> dims, float[] values)
    {
        var name = Node.Input[input];
        if (name.Length == 0 || _graph.ConsumersOf(name).Count > 1)
        {
            name = _graph.NewName(name.Length == 0 ? Node.Output[0] + "_bias" : name + "_" + Node.Output[0]);
            Node.Input[input] = name;
        }

        _graph.SetInitializer(OnnxTensor.Of(name, [.. dims], values));
    }

    private void EachBlock(BlockReader read)
    {
        var kernel = _layout.Kernel;
        for (var block = 0; block < _weights.Length / kernel; block++)
        {
            var (output, input) = _layout.At(block);
            read(output, input, _weights.AsSpan(block * kernel, kernel));
        }
    }

    private static float[]? FloatsOf(OnnxGraph graph, string name) =>
        graph.Initializer(name) is { } tensor && tensor.DataType == (int)TensorProto.Types.DataType.Float ? tensor.ReadFloats() : null;

    private delegate void BlockReader(int output, int input, Span<float> weights);
}
