using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A node that multiplies and adds constants, one of each for a channel: y = x · scale + shift. BatchNormalization, and Mul, Add, Sub and Div by constants.</summary>
/// <remarks>In 64 bits, because several may be folded one after the other. Example: Div by [2] over three channels is scale 0.5, 0.5, 0.5 and shift 0, 0, 0.</remarks>
/// <param name="Source">What it reads.</param>
internal sealed record ChannelAffine(string Source, double[] Scale, double[] Shift)
{
    public bool HasShift => Shift.Any(shift => shift != 0);

    public bool IsFinite => Scale.Concat(Shift).All(double.IsFinite);

    /// <param name="channels">Channels of what the node reads; they lie at axis 1.</param>
    /// <param name="rank">Dimensions of what the node reads.</param>
    /// <returns>Null: another operator, or constants that are not one for each channel.</returns>
    public static ChannelAffine? Of(OnnxGraph graph, NodeProto node, int channels, int rank) =>
        node.Is("BatchNormalization") ? OfNorm(graph, node, channels)
        : node.Is("Mul", "Add", "Sub", "Div") && node.Input.Count == 2 ? OfArithmetic(graph, node, channels, rank)
        : null;

    private static ChannelAffine? OfNorm(OnnxGraph graph, NodeProto node, int channels)
    {
        var parameters = Enumerable.Range(1, 4).Select(index => graph.FloatsOf(node, index)).ToArray();
        if (parameters.Any(tensor => tensor?.Count() != channels) || node.IntOf("training_mode", 0) != 0 || node.Output.Skip(1).Any(value => value.Length > 0))
        {
            return null;
        }

        var (gamma, beta, mean, variance) = (parameters[0]!.ReadFloats(), parameters[1]!.ReadFloats(), parameters[2]!.ReadFloats(), parameters[3]!.ReadFloats());
        var epsilon = node.FloatOf("epsilon", 1e-5f);
        double[] scale = [.. gamma.Select((value, channel) => value / Math.Sqrt((double)variance[channel] + epsilon))];
        return new ChannelAffine(node.Input[0], scale, [.. beta.Select((value, channel) => value - (mean[channel] * scale[channel]))]);
    }

    private static ChannelAffine? OfArithmetic(OnnxGraph graph, NodeProto node, int channels, int rank)
    {
        var constant = graph.FloatsOf(node, 1) is not null ? 1 : 0;
        if (graph.FloatsOf(node, constant) is not { } tensor || graph.Initializer(node.Input[1 - constant]) is not null || Spread(tensor, channels, rank) is not { } values)
        {
            return null;
        }

        double[] ones = [.. values.Select(_ => 1.0)], zeros = new double[channels];
        var source = node.Input[1 - constant];
        return (node.OpType, constant) switch
        {
            ("Mul", _) => new ChannelAffine(source, values, zeros),
            ("Add", _) => new ChannelAffine(source, ones, values),
            ("Sub", 1) => new ChannelAffine(source, ones, [.. values.Select(value => -value)]),
            ("Sub", _) => new ChannelAffine(source, [.. ones.Select(one => -one)], values),
            ("Div", 1) => new ChannelAffine(source, [.. values.Select(value => 1 / value)], zeros),
            _ => null,
        };
    }

    // Broadcasting aligns dimensions at the right; all but the channels' must be of length 1, or the result would differ within a channel.
    private static double[]? Spread(TensorProto tensor, int channels, int rank)
    {
        var axis = tensor.Dims.Count - (rank - 1);
        var others = tensor.Dims.Where((_, index) => index != axis);
        var length = axis >= 0 && axis < tensor.Dims.Count ? tensor.Dims[axis] : 1;
        if (tensor.Dims.Count > rank || others.Any(other => other != 1) || (length != 1 && length != channels))
        {
            return null;
        }

        var values = tensor.ReadFloats();
        return [.. Enumerable.Range(0, channels).Select(channel => (double)values[length == 1 ? 0 : channel])];
    }
}
