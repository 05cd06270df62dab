using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A Conv, ConvTranspose or Gemm with constant weights, and which channel each of its weights belongs to.</summary>
/// <remarks>Weights lie as ONNX says: Conv [out, in/group, ...], ConvTranspose [in, out/group, ...], Gemm [in, out], or [out, in] with transB.</remarks>
internal sealed class LinearNode
{
    private readonly OnnxGraph _graph;
    private readonly TensorProto _weights;
    private readonly int _group;
    private readonly int _kernel;

    private LinearNode(OnnxGraph graph, NodeProto node, TensorProto weights)
    {
        (_graph, Node, _weights) = (graph, node, weights);
        _group = (int)node.IntOf("group", 1);
        _kernel = (int)weights.Dims.Skip(2).Aggregate(1L, (product, length) => product * length);
        Channels = node.OpType switch
        {
            "Conv" => Dim(0),
            "ConvTranspose" => Dim(1) * _group,
            _ => Dim(IsTransposed ? 0 : 1),
        };
    }

    public NodeProto Node { get; }

    /// <summary>Of what it gives.</summary>
    public int Channels { get; }

    /// <summary>Of what it reads.</summary>
    public int InputChannels => Node.OpType switch
    {
        "Conv" => Dim(1) * _group,
        "ConvTranspose" => Dim(0),
        _ => Dim(IsTransposed ? 1 : 0),
    };

    /// <summary>Dimensions of what it reads and gives.</summary>
    public int Rank => Node.OpType == "Gemm" ? 2 : _weights.Dims.Count;

    /// <summary>Whether it multiplies that value by its weights, its channels where they are expected: not as weights or bias, and not transposed.</summary>
    public bool Reads(string value) => Node.Input[0] == value && Node.IntOf("transA", 0) == 0;

    private bool IsTransposed => Node.IntOf("transB", 0) != 0;

    /// <returns>Null: another operator, or weights or a bias that are no float constants, or not of one channel each.</returns>
    public static LinearNode? Of(OnnxGraph graph, NodeProto? node)
    {
        if (node is null || !node.Is("Conv", "ConvTranspose", "Gemm") || graph.FloatsOf(node, 1) is not { Dims.Count: >= 2 } weights)
        {
            return null;
        }

        var linear = new LinearNode(graph, node, weights);
        return node.InputAt(2).Length == 0 || graph.FloatsOf(node, 2) is { } bias && linear.IsOfChannels(bias) ? linear : null;
    }

    /// <summary>Lets it give y · scale + shift in place of y.</summary>
    public void ScaleOutput(double[] scale, double[] shift)
    {
        var bias = Bias();
        Write(index => scale[OutputChannelOf(index)], [.. bias.Select((value, channel) => (value * scale[channel]) + shift[channel])]);
    }

    /// <summary>Lets it read x in place of x · scale + shift. With a shift only where nothing is padded, because a padded zero would have to be the shift's.</summary>
    public void ScaleInput(double[] scale, double[] shift)
    {
        var (bias, weights) = (Bias(), _weights.ReadFloats());
        var alpha = Node.OpType == "Gemm" ? Node.FloatOf("alpha", 1) : 1;
        for (var index = 0; index < weights.Length; index++)
        {
            bias[OutputChannelOf(index)] += alpha * weights[index] * shift[InputChannelOf(index)];
        }

        Write(index => scale[InputChannelOf(index)], bias);
    }

    private void Write(Func<int, double> factorOf, double[] bias)
    {
        float[] weights = [.. _weights.ReadFloats().Select((value, index) => (float)(value * factorOf(index)))];
        _graph.SetConstant(Node, 1, OnnxTensor.Of(_weights.Name + "_folded", [.. _weights.Dims], weights));
        if (Node.InputAt(2).Length > 0 || bias.Any(value => value != 0))
        {
            _graph.SetConstant(Node, 2, OnnxTensor.Of(Node.Input[1] + "_bias", [Channels], [.. bias.Select(value => (float)value)]));
        }

        Node.RemoveAttribute("beta");
    }

    private double[] Bias()
    {
        if (_graph.FloatsOf(Node, 2) is not { } tensor)
        {
            return new double[Channels];
        }

        var (values, beta) = (tensor.ReadFloats(), (double)(Node.OpType == "Gemm" ? Node.FloatOf("beta", 1) : 1));
        return [.. Enumerable.Range(0, Channels).Select(channel => beta * values[values.Length == 1 ? 0 : channel])];
    }

    private bool IsOfChannels(TensorProto bias) => bias.Dims.SkipLast(1).All(length => length == 1) && (bias.Count() == Channels || bias.Count() == 1);

    private int OutputChannelOf(int index) => Node.OpType switch
    {
        "Conv" => index / (Dim(1) * _kernel),
        "ConvTranspose" => (index / (Dim(1) * _kernel) / (Dim(0) / _group) * Dim(1)) + (index / _kernel % Dim(1)),
        _ => IsTransposed ? index / Dim(1) : index % Dim(1),
    };

    private int InputChannelOf(int index) => Node.OpType switch
    {
        "Conv" => (index / (Dim(1) * _kernel) / (Dim(0) / _group) * Dim(1)) + (index / _kernel % Dim(1)),
        "ConvTranspose" => index / (Dim(1) * _kernel),
        _ => IsTransposed ? index % Dim(1) : index / Dim(1),
    };

    private int Dim(int axis) => (int)_weights.Dims[axis];
}
