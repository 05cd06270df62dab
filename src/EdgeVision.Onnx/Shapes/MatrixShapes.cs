using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Products of matrices: [..,M,K] and [..,K,N] give [..,M,N].</summary>
internal static class MatrixShapes
{
    public static void Gemm(ShapeContext node)
    {
        if (node.Input(0) is not { } a || node.Input(1) is not { } b)
        {
            return;
        }

        if (a.Rank != 2 || b.Rank != 2)
        {
            throw node.Fail($"multiplies {a} and {b}, both must be matrices");
        }

        var (rows, inner) = Turn(a, node.Attributes.Int("transA", 0) != 0);
        var (innerOfB, columns) = Turn(b, node.Attributes.Int("transB", 0) != 0);
        RequireEqual(node, a, b, inner, innerOfB);
        node.Set(0, a.Type, [rows, columns]);
    }

    public static void MatMul(ShapeContext node) => Multiply(node, 1, node.Input(0)?.Type);

    public static void MatMulInteger(ShapeContext node) => Multiply(node, 1, DataType.Int32);

    // a, its scale and zero point, b, its scale and zero point, then scale and zero point of what is given.
    public static void QLinearMatMul(ShapeContext node) => Multiply(node, 3, node.Input(7)?.Type ?? node.Input(0)?.Type);

    private static void Multiply(ShapeContext node, int second, DataType? type)
    {
        if (node.Input(0) is not { } a || node.Input(second) is not { } b || type is null)
        {
            return;
        }

        if (a.Rank == 0 || b.Rank == 0)
        {
            throw node.Fail($"multiplies {a} and {b}, neither may be a scalar");
        }

        // A vector is a matrix of one row or one column, which is left out of the result again.
        RequireEqual(node, a, b, a.Lengths[^1], b.Rank == 1 ? b.Lengths[0] : b.Lengths[^2]);
        var batches = Broadcasting.Meet([.. a.Lengths.SkipLast(2)], [.. b.Lengths.SkipLast(2)]) ?? throw node.Fail($"multiplies {a} and {b}, whose batches do not broadcast");
        node.Set(0, type.Value, [.. batches, .. a.Rank > 1 ? [a.Lengths[^2]] : Array.Empty<long>(), .. b.Rank > 1 ? [b.Lengths[^1]] : Array.Empty<long>()]);
    }

    private static (long Rows, long Columns) Turn(ValueShape shape, bool isTransposed) =>
        isTransposed ? (shape.Lengths[1], shape.Lengths[0]) : (shape.Lengths[0], shape.Lengths[1]);

    private static void RequireEqual(ShapeContext node, ValueShape a, ValueShape b, long inner, long innerOfB)
    {
        if (inner >= 0 && innerOfB >= 0 && inner != innerOfB)
        {
            throw node.Fail($"multiplies {a} and {b}: {inner} columns meet {innerOfB} rows");
        }
    }
}
