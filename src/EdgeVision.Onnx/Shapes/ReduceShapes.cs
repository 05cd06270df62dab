using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Axes reduced to one number each, and kept as 1 or left out.</summary>
internal static class ReduceShapes
{
    public static void Reduce(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var isKept = node.Attributes.Int("keepdims", 1) != 0;
        if (Axes(node, data) is { } axes)
        {
            node.Set(0, data.Type, Without(data, axes, isKept));
            Multiply(node, data);
        }
        else if (isKept)
        {
            node.Set(0, data.Type, [.. data.Lengths.Select(_ => ValueShape.Open)]);
        }
    }

    public static void ArgExtreme(ShapeContext node)
    {
        if (node.Input(0) is { } data)
        {
            node.Set(0, DataType.Int64, Without(data, [node.Axis(node.Attributes.Int("axis", 0), data.Rank)], node.Attributes.Int("keepdims", 1) != 0));
        }
    }

    private static int[]? Axes(ShapeContext node, ValueShape data)
    {
        if (node.Longs("axes", 1) is { Length: > 0 } axes)
        {
            return Array.ConvertAll(axes, axis => node.Axis(axis, data.Rank));
        }

        var isOpen = node.HasInput(1) && node.Longs(1) is null;
        return isOpen ? null : node.Attributes.Int("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, data.Rank)];
    }

    private static long[] Without(ValueShape data, int[] axes, bool isKept) => isKept
        ? [.. data.Lengths.Select((length, i) => axes.Contains(i) ? 1 : length)]
        : [.. data.Lengths.Where((_, i) => !axes.Contains(i))];

    // The product of a shape is how exporters count elements.
    private static void Multiply(ShapeContext node, ValueShape data)
    {
        if (node.Node.OpType == "ReduceProd" && data.Rank == 1 && node.Numbers(0) is { } numbers)
        {
            node.SetNumbers([numbers.Aggregate((double?)1, (product, number) => product * number)]);
        }
    }
}
