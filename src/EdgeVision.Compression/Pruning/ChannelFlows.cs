using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>The table of operators: how channels pass each. An operator that is not here keeps all the channels it reads.</summary>
internal static class ChannelFlows
{
    private static readonly Dictionary<string, ChannelFlow> Table = new(StringComparer.Ordinal)
    {
        ["Conv"] = ConvolutionFlow.Convolve,
        ["ConvTranspose"] = ConvolutionFlow.Transpose,
        ["Gemm"] = MatrixFlow.Gemm,
        ["MatMul"] = MatrixFlow.Multiply,

        ["BatchNormalization"] = NormalizationFlow.PerChannel,
        ["InstanceNormalization"] = NormalizationFlow.PerChannel,
        ["LayerNormalization"] = NormalizationFlow.OverLastAxes,
        ["Softmax"] = NormalizationFlow.OverOneAxis,
        ["LogSoftmax"] = NormalizationFlow.OverOneAxis,

        ["Concat"] = JoinFlow.Concat,
        ["Split"] = PartFlow.Split,
        ["Slice"] = PartFlow.Slice,
        ["Gather"] = PartFlow.Gather,
        ["Shape"] = PartFlow.Shape,

        ["Reshape"] = ReshapeFlow.Reshape,
        ["Flatten"] = ReshapeFlow.Flatten,
        ["Squeeze"] = ReshapeFlow.Flatten,
        ["Unsqueeze"] = ReshapeFlow.Flatten,
        ["Transpose"] = ReshapeFlow.Transpose,
        ["Expand"] = ReshapeFlow.Expand,

        ["MaxPool"] = SpaceFlow.Pool,
        ["AveragePool"] = SpaceFlow.Pool,
        ["LpPool"] = SpaceFlow.Pool,
        ["GlobalAveragePool"] = SpaceFlow.Pool,
        ["GlobalMaxPool"] = SpaceFlow.Pool,
        ["Pad"] = SpaceFlow.Pad,
        ["Resize"] = SpaceFlow.Resize,
        ["Upsample"] = SpaceFlow.Resize,
        ["DepthToSpace"] = BlockFlow.DepthToSpace,
        ["SpaceToDepth"] = BlockFlow.SpaceToDepth,
    };

    static ChannelFlows()
    {
        foreach (var operation in (string[])["Abs", "Cast", "Ceil", "Celu", "Clip", "Cos", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Identity", "LeakyRelu",
            "Log", "Mish", "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu"])
        {
            Table.Add(operation, ElementwiseFlow.Pass);
        }

        foreach (var operation in (string[])["Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean", "Min", "Mod", "Mul", "Or", "PRelu", "Pow", "Sub", "Sum", "Where", "Xor"])
        {
            Table.Add(operation, ElementwiseFlow.Together);
        }

        foreach (var operation in (string[])["ReduceL1", "ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare"])
        {
            Table.Add(operation, ReductionFlow.Reduce);
        }
    }

    /// <summary>Null for an operator that is not known, or not ONNX's own.</summary>
    public static ChannelFlow? Of(NodeProto node) => node.Domain is "" or "ai.onnx" ? Table.GetValueOrDefault(node.OpType) : null;

    /// <summary>Whether the node gives channels that no input has.</summary>
    public static bool Starts(NodeProto node) => node.OpType is "Conv" or "ConvTranspose" or "Gemm" or "MatMul";
}
