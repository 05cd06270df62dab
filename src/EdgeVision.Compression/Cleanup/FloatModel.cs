using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What may come in: a model in floats whose weights are numbers.</summary>
internal static class FloatModel
{
    private static readonly string[] LinearOperators = ["Conv", "ConvTranspose", "Gemm", "MatMul", "BatchNormalization"];

    /// <exception cref="CompressionException">A node that computes in 8 bits.</exception>
    public static void RequireFloat(OnnxModel model)
    {
        if (model.Graph.Nodes.FirstOrDefault(IsQuantized) is { } node)
        {
            throw new CompressionException($"{model.Name}: {OnnxNode.Describe(node)} computes in 8 bits: this model is quantized already. Give the float model that it was made from.");
        }
    }

    /// <exception cref="CompressionException">A weight that is NaN or infinite.</exception>
    public static void RequireFinite(CleanupRun run)
    {
        foreach (var node in run.Graph.Nodes.Where(node => node.Is(LinearOperators)))
        {
            if (node.Input.Select((_, index) => run.Graph.FloatsOf(node, index)).FirstOrDefault(tensor => tensor is not null && !IsFinite(tensor)) is { } broken)
            {
                throw new CompressionException($"{run.Model.Name}: tensor '{broken.Name}' of {OnnxNode.Describe(node)} holds NaN or an infinity. Such a network answers nothing: train or export it again.");
            }
        }
    }

    private static bool IsFinite(TensorProto tensor) => tensor.Count() == 0 || float.IsFinite(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(tensor.ReadFloats()));

    private static bool IsQuantized(NodeProto node) =>
        node.OpType is "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear" or "ConvInteger" or "MatMulInteger" or "QGemm" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal);
}
