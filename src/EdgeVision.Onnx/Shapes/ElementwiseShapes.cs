using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Operators that work on each element by itself.</summary>
internal static class ElementwiseShapes
{
    private const int FirstWithBroadcasting = 7;

    public static void LikeFirst(ShapeContext node)
    {
        if (node.Input(0) is { } input)
        {
            node.Set(0, input.Type, input.Lengths);
            node.SetNumbers(NumberRules.Unary(node.Node.OpType, node.Numbers(0)));
        }
    }

    public static void Truth(ShapeContext node)
    {
        if (node.Input(0) is { } input)
        {
            node.Set(0, DataType.Bool, input.Lengths);
        }
    }

    public static void Broadcast(ShapeContext node) => Broadcast(node, null);

    public static void BroadcastTruth(ShapeContext node) => Broadcast(node, DataType.Bool);

    public static void Where(ShapeContext node)
    {
        if (Meet(node) is { } lengths)
        {
            node.Set(0, node.Input(1)!.Type, lengths);
            node.SetNumbers(lengths.Count <= 1 ? NumberRules.Where(node.Numbers(0), node.Numbers(1), node.Numbers(2)) : null);
        }
    }

    private static void Broadcast(ShapeContext node, DataType? type)
    {
        if (Meet(node) is { } lengths)
        {
            node.Set(0, type ?? node.Input(0)!.Type, lengths);
            if (node.Inputs == 2 && lengths.Count <= 1)
            {
                node.SetNumbers(NumberRules.Binary(node.Node.OpType, node.Numbers(0), node.Numbers(1), IsWhole(node.Input(0)!.Type)));
            }
        }
    }

    private static IReadOnlyList<long>? Meet(ShapeContext node)
    {
        if (!Enumerable.Range(0, node.Inputs).All(i => node.Input(i) is not null) || node.Inputs == 0)
        {
            return null;
        }

        var lengths = node.Input(0)!.Lengths;
        for (var i = 1; i < node.Inputs && node.Opset >= FirstWithBroadcasting; i++)
        {
            lengths = Broadcasting.Meet(lengths, node.Input(i)!.Lengths)
                ?? throw node.Fail($"joins {string.Join(" and ", Enumerable.Range(0, node.Inputs).Select(node.Input))}, which do not broadcast");
        }

        return lengths;
    }

    private static bool IsWhole(DataType type) => type is not (DataType.Float or DataType.Float16 or DataType.Double or DataType.Bfloat16);
}
