using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Matrix products with a constant: read the channels of the axis that is summed over and give new ones along the last.</summary>
internal static class MatrixFlow
{
    private const int Weights = 1, Bias = 2;

    public static void Gemm(ChannelTrace trace, NodeProto node)
    {
        var (input, weights) = (trace.Of(node.Input[0]), trace.Graph.Initializer(node.Input[Weights]));
        if (weights is null || IsSet(node, "transA") || input is { Axis: not 1 })
        {
            trace.Block(node, "has weights that are no constant, or reads them along another axis than 1");
            return;
        }

        Give(trace, node, weights, readAxis: IsSet(node, "transB") ? 1 : 0, input, rank: 2);
        if (node.Input.Count > Bias && node.Input[Bias].Length > 0 && trace.Of(node.Output[0]) is { } given)
        {
            BindBias(trace, node, given.Channels);
        }
    }

    public static void Multiply(ChannelTrace trace, NodeProto node)
    {
        var (left, right) = (trace.Of(node.Input[0]), trace.Of(node.Input[1]));
        var (leftLengths, rightLengths) = (trace.Lengths(node.Input[0]), trace.Lengths(node.Input[1]));
        if (leftLengths is null || rightLengths is null || leftLengths.Length < 2 || rightLengths.Length < 2)
        {
            trace.Block(node, "works on tensors whose shape is not known");
        }
        else if (trace.Graph.Initializer(node.Input[1]) is { Dims.Count: 2 } weights && (left is null || left.Axis == leftLengths.Length - 1))
        {
            Give(trace, node, weights, readAxis: 0, left, leftLengths.Length);
        }
        else if (right is null && left is not null && rightLengths.Length == 2 && left.Axis < leftLengths.Length - 1)
        {
            trace.Set(node.Output[0], left); // one matrix for every row: whatever axis the rows are counted along passes
        }
        else if (left is null && right is not null && leftLengths.Length == 2 && right.Axis != rightLengths.Length - 2)
        {
            trace.Set(node.Output[0], right);
        }
        else
        {
            trace.Block(node, "multiplies two tensors that both depend on the picture");
        }
    }

    private static void Give(ChannelTrace trace, NodeProto node, TensorProto weights, int readAxis, ChannelAxis? input, int rank)
    {
        int[] read = input?.Channels ?? [];
        var given = trace.Start(node, (int)weights.Dims[1 - readAxis], read);
        trace.Bind(node, Weights, 1 - readAxis, given, BindingRole.Gives);
        if (read.Length > 0)
        {
            trace.Bind(node, Weights, readAxis, read, BindingRole.Reads);
        }

        trace.Set(node.Output[0], new ChannelAxis(rank - 1, given));
    }

    private static void BindBias(ChannelTrace trace, NodeProto node, int[] given)
    {
        if (trace.Lengths(node.Input[Bias]) is not { } lengths)
        {
            trace.Sets.Block(given, $"{OnnxNode.Describe(node)} adds a tensor whose shape is not known");
        }
        else if (lengths.Length > 0 && lengths[^1] > 1)
        {
            trace.Bind(node, Bias, lengths.Length - 1, given, BindingRole.Accompanies);
        }
    }

    private static bool IsSet(NodeProto node, string attribute) => node.Attribute(attribute)?.I == 1;
}
