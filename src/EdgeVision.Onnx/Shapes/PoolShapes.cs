using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Pools over windows, over the whole picture, and over regions.</summary>
internal static class PoolShapes
{
    public static void Pool(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var windows = Of(node, data);
        var ceil = node.Attributes.Int("ceil_mode", 0) != 0;
        long[] lengths = [.. data.Lengths.Take(2), .. Enumerable.Range(0, windows.Axes).Select(axis => windows.Slide(data.Lengths[axis + 2], axis, ceil))];
        node.Set(0, data.Type, lengths);
        node.Set(1, DataType.Int64, lengths);
    }

    public static void Global(ShapeContext node)
    {
        if (node.Input(0) is { } data)
        {
            node.Set(0, data.Type, [.. data.Lengths.Take(2), .. data.Lengths.Skip(2).Select(_ => 1L)]);
        }
    }

    public static void Unpool(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var windows = Of(node, data);
        long[] grown = [.. data.Lengths.Take(2), .. Enumerable.Range(0, windows.Axes).Select(axis => windows.Grow(data.Lengths[axis + 2], axis, 0))];
        node.Set(0, data.Type, !node.HasInput(2) ? grown : node.Longs(2) ?? [.. data.Lengths.Select(_ => ValueShape.Open)]);
    }

    public static void Regions(ShapeContext node)
    {
        if (node.Input(0) is not { Rank: 4 } data || node.Input(1) is not { Rank: 2 } regions)
        {
            return;
        }

        long[] size = node.Attributes.Ints("pooled_shape") ?? [node.Attributes.Int("output_height", 1), node.Attributes.Int("output_width", 1)];
        node.Set(0, data.Type, [regions.Lengths[0], data.Lengths[1], .. size]);
    }

    private static Windows Of(ShapeContext node, ValueShape data) =>
        node.Attributes.Ints("kernel_shape") is { } kernel && data.Rank == kernel.Length + 2
            ? new Windows(node, kernel)
            : throw node.Fail($"pools {data} without a kernel_shape for its spatial axes");
}
