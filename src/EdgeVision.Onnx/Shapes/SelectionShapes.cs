using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Operators that pick elements by what they hold; how many, often only running tells.</summary>
internal static class SelectionShapes
{
    public static void TopK(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var axis = node.Axis(node.Attributes.Int("axis", -1), data.Rank);
        var count = node.Attributes.Has("k") ? node.Attributes.Int("k", 1) : node.Longs(1) is [var k] ? k : ValueShape.Open;
        node.Set(0, data.Type, data.With(axis, count));
        node.Set(1, DataType.Int64, data.With(axis, count));
    }

    /// <summary>One row for each box that is kept: batch, class, box.</summary>
    public static void NonMaxSuppression(ShapeContext node) => node.Set(0, DataType.Int64, [ValueShape.Open, 3]);

    /// <summary>One column for each element that is not zero.</summary>
    public static void NonZero(ShapeContext node)
    {
        if (node.Input(0) is { } data)
        {
            node.Set(0, DataType.Int64, [Math.Max(1, data.Rank), ValueShape.Open]);
        }
    }

    public static void Unique(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        node.Set(0, data.Type, node.Attributes.Has("axis") ? data.With(node.Axis(node.Attributes.Int("axis", 0), data.Rank), ValueShape.Open) : [ValueShape.Open]);
        for (var i = 1; i < node.Outputs; i++)
        {
            node.Set(i, DataType.Int64, [ValueShape.Open]);
        }
    }

    public static void Compress(ShapeContext node)
    {
        if (node.Input(0) is { } data)
        {
            node.Set(0, data.Type, node.Attributes.Has("axis") ? data.With(node.Axis(node.Attributes.Int("axis", 0), data.Rank), ValueShape.Open) : [ValueShape.Open]);
        }
    }

    public static void OneHot(ShapeContext node)
    {
        if (node.Input(0) is not { } indices || node.Input(2) is not { } values)
        {
            return;
        }

        var axis = node.Axis(node.Attributes.Int("axis", -1), indices.Rank + 1);
        var depth = node.Longs(1) is [var number] ? number : ValueShape.Open;
        node.Set(0, values.Type, [.. indices.Lengths.Take(axis), depth, .. indices.Lengths.Skip(axis)]);
    }
}
