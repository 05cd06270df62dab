using System.Collections.Frozen;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>Which rule tells the outputs of which operator. An operator that is not here gives nothing that is known.</summary>
internal static class ShapeRules
{
    private const string Microsoft = "com.microsoft";

    private static readonly FrozenDictionary<string, Action<ShapeContext>> Standard = Table(
        (ElementwiseShapes.LikeFirst, """
            Abs Acos Acosh Asin Asinh Atan Atanh BitwiseNot Ceil Celu Clip Cos Cosh CumSum Elu Erf Exp Floor Gelu HardSigmoid HardSwish Hardmax Identity LRN LeakyRelu Log LogSoftmax
            LpNormalization MeanVarianceNormalization Mish Neg Not PRelu Reciprocal Relu ReverseSequence Round Scatter ScatterElements ScatterND Selu Shrink Sigmoid Sign Sin Sinh Softmax
            Softplus Softsign Sqrt Tan Tanh ThresholdedRelu Trilu
            """),
        (ElementwiseShapes.Truth, "IsInf IsNaN"),
        (ElementwiseShapes.Broadcast, "Add Sub Mul Div Pow Mod BitShift BitwiseAnd BitwiseOr BitwiseXor Max Min Mean Sum"),
        (ElementwiseShapes.BroadcastTruth, "And Or Xor Equal Less LessOrEqual Greater GreaterOrEqual"),
        (ElementwiseShapes.Where, "Where"),
        (NormalizationShapes.Batch, "BatchNormalization"),
        (NormalizationShapes.Statistics, "LayerNormalization"),
        (NormalizationShapes.Plain, "InstanceNormalization GroupNormalization RMSNormalization"),
        (NormalizationShapes.Dropout, "Dropout"),
        (ConvShapes.Conv, "Conv"),
        (ConvShapes.ConvInteger, "ConvInteger"),
        (ConvShapes.QLinearConv, "QLinearConv"),
        (ConvShapes.Transposed, "ConvTranspose"),
        (PoolShapes.Pool, "MaxPool AveragePool LpPool"),
        (PoolShapes.Global, "GlobalMaxPool GlobalAveragePool GlobalLpPool"),
        (PoolShapes.Unpool, "MaxUnpool"),
        (PoolShapes.Regions, "MaxRoiPool RoiAlign"),
        (MatrixShapes.Gemm, "Gemm"),
        (MatrixShapes.MatMul, "MatMul"),
        (MatrixShapes.MatMulInteger, "MatMulInteger"),
        (MatrixShapes.QLinearMatMul, "QLinearMatMul"),
        (EinsumShapes.Einsum, "Einsum"),
        (JoinShapes.Concat, "Concat"),
        (JoinShapes.Split, "Split"),
        (SliceShapes.Slice, "Slice"),
        (GatherShapes.Gather, "Gather"),
        (GatherShapes.GatherElements, "GatherElements"),
        (GatherShapes.GatherNumbered, "GatherND"),
        (ReshapeShapes.Reshape, "Reshape"),
        (ReshapeShapes.Flatten, "Flatten"),
        (ReshapeShapes.Squeeze, "Squeeze"),
        (ReshapeShapes.Unsqueeze, "Unsqueeze"),
        (LayoutShapes.Transpose, "Transpose"),
        (LayoutShapes.Expand, "Expand"),
        (LayoutShapes.Tile, "Tile"),
        (LayoutShapes.DepthToSpace, "DepthToSpace"),
        (LayoutShapes.SpaceToDepth, "SpaceToDepth"),
        (LayoutShapes.Pad, "Pad"),
        (ResizeShapes.Resize, "Resize Upsample"),
        (ResizeShapes.GridSample, "GridSample"),
        (ReduceShapes.Reduce, "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare"),
        (ReduceShapes.ArgExtreme, "ArgMax ArgMin"),
        (SelectionShapes.TopK, "TopK"),
        (SelectionShapes.NonMaxSuppression, "NonMaxSuppression"),
        (SelectionShapes.NonZero, "NonZero"),
        (SelectionShapes.Unique, "Unique"),
        (SelectionShapes.Compress, "Compress"),
        (SelectionShapes.OneHot, "OneHot"),
        (ConstantShapes.Constant, "Constant"),
        (ConstantShapes.ConstantOfShape, "ConstantOfShape"),
        (ConstantShapes.Shape, "Shape"),
        (ConstantShapes.Size, "Size"),
        (ConstantShapes.Range, "Range"),
        (ConstantShapes.Random, "RandomNormal RandomUniform"),
        (ConstantShapes.TypedLikeFirst, "EyeLike Bernoulli RandomNormalLike RandomUniformLike"),
        (ConstantShapes.Cast, "Cast"),
        (ConstantShapes.CastLike, "CastLike"),
        (QuantizationShapes.Quantize, "QuantizeLinear"),
        (QuantizationShapes.Dequantize, "DequantizeLinear"),
        (QuantizationShapes.DynamicQuantize, "DynamicQuantizeLinear"),
        (RecurrentShapes.Recurrent, "RNN GRU LSTM"));

    private static readonly FrozenDictionary<string, Action<ShapeContext>> OfMicrosoft = Table(
        (ElementwiseShapes.LikeFirst, "Gelu QuickGelu QLinearSigmoid QLinearLeakyRelu QLinearSoftmax"),
        (QuantizationShapes.QLinearBinary, "QLinearAdd QLinearMul"),
        (QuantizationShapes.Quantize, "QuantizeLinear"),
        (QuantizationShapes.Dequantize, "DequantizeLinear"));

    public static Action<ShapeContext>? Find(NodeProto node) => node.Domain switch
    {
        "" or "ai.onnx" => Standard.GetValueOrDefault(node.OpType),
        Microsoft => OfMicrosoft.GetValueOrDefault(node.OpType),
        _ => null,
    };

    public static bool IsStandard(string operation) => Standard.ContainsKey(operation);

    private static FrozenDictionary<string, Action<ShapeContext>> Table(params (Action<ShapeContext> Rule, string Operators)[] rows) =>
        rows.SelectMany(row => row.Operators.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), (row, name) => (name, row.Rule)).ToFrozenDictionary(pair => pair.name, pair => pair.Rule, StringComparer.Ordinal);
}
