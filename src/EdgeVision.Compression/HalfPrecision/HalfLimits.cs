using System.Numerics.Tensors;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What 16-bit floats can hold: up to 65504, full precision from 6.1e-5, and nothing below 6e-8.</summary>
internal static class HalfLimits
{
    private const float Greatest = 65504;
    private const float LeastPrecise = 6.1035156e-5f;
    private const float Least = 5.9604645e-8f;

    // As ONNX Runtime's own list (docs/performance/model-optimizations/float16.md), and Celu and the random ones, which the standard knows in 32 bits alone.
    private static readonly string[] FloatOperators =
    [
        "Bernoulli", "Celu", "CumSum", "EyeLike", "Max", "Min", "NonMaxSuppression", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Range", "Resize", "RoiAlign", "TfIdfVectorizer", "TopK", "Upsample",
    ];

    /// <summary>Whether a node has to compute in 32 bits, whatever its neighbours do.</summary>
    public static bool NeedsFloat(OnnxGraph graph, NodeProto node, CalibrationData? ranges) =>
        node.Domain is not ("" or "ai.onnx") || FloatOperators.Contains(node.OpType)
        || node.Input.Where((_, index) => graph.FloatsOf(node, index) is { } tensor && IsLost(tensor, index == 1 && node.Is("Conv", "ConvTranspose", "Gemm", "MatMul"))).Any()
        || (ranges is not null && node.Input.Concat(node.Output).Any(value => ranges.Values.Contains(value) && IsLost(ranges.RangeOf(value, new RangeRule()))));

    // A weight that loses digits makes every answer wrong by as much; another constant that small (an epsilon) only has to stay there.
    private static bool IsLost(TensorProto tensor, bool isWeight) =>
        tensor.Count() > 0 && MathF.Abs(TensorPrimitives.MaxMagnitude<float>(tensor.ReadFloats())) is var largest && float.IsFinite(largest) && IsOutside(largest, isWeight ? LeastPrecise : Least);

    private static bool IsLost(ValueRange range) => IsOutside(MathF.Max(MathF.Abs(range.Least), MathF.Abs(range.Greatest)), Least);

    private static bool IsOutside(float magnitude, float least) => magnitude > Greatest || (magnitude > 0 && magnitude < least);
}
