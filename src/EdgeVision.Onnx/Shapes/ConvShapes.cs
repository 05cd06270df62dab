using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Convolutions: data [N,C,...] and weights [M,C/group,...] give [N,M,...].</summary>
internal static class ConvShapes
{
    public static void Conv(ShapeContext node) => Convolve(node, 1, node.Input(0)?.Type);

    public static void ConvInteger(ShapeContext node) => Convolve(node, 1, DataType.Int32);

    // x, its scale and zero point, w, its scale and zero point, then scale and zero point of what is given.
    public static void QLinearConv(ShapeContext node) => Convolve(node, 3, node.Input(7)?.Type ?? node.Input(0)?.Type);

    public static void Transposed(ShapeContext node)
    {
        if (node.Input(0) is not { } data || node.Input(1) is not { } weights)
        {
            return;
        }

        RequireRank(node, data, weights);
        var windows = new Windows(node, Kernel(node, weights));
        var given = node.Attributes.Ints("output_shape");
        var padding = windows.PerAxis("output_padding", 0);
        var channels = weights.Lengths[1] < 0 ? ValueShape.Open : weights.Lengths[1] * node.Attributes.Int("group", 1);
        node.Set(0, data.Type, [data.Lengths[0], channels, .. given?.TakeLast(windows.Axes) ?? Enumerable.Range(0, windows.Axes).Select(axis => windows.Grow(data.Lengths[axis + 2], axis, padding[axis]))]);
    }

    private static void Convolve(ShapeContext node, int weightInput, DataType? type)
    {
        if (node.Input(0) is not { } data || node.Input(weightInput) is not { } weights || type is null)
        {
            return;
        }

        RequireRank(node, data, weights);
        RequireChannels(node, data.Lengths[1], weights.Lengths[1], node.Attributes.Int("group", 1));
        var windows = new Windows(node, Kernel(node, weights));
        node.Set(0, type.Value, [data.Lengths[0], weights.Lengths[0], .. Enumerable.Range(0, windows.Axes).Select(axis => windows.Slide(data.Lengths[axis + 2], axis))]);
    }

    private static long[] Kernel(ShapeContext node, ValueShape weights)
    {
        long[] kernel = [.. weights.Lengths.Skip(2)];
        return node.Attributes.Ints("kernel_shape") is not { } given ? kernel
            : given.Length == kernel.Length ? given
            : throw node.Fail($"has a kernel_shape of {given.Length} lengths and weights {weights}");
    }

    private static void RequireRank(ShapeContext node, ValueShape data, ValueShape weights)
    {
        if (data.Rank < 3 || weights.Rank != data.Rank)
        {
            throw node.Fail($"convolves {data} with weights {weights}: both need a batch or filter, channels and the same spatial axes");
        }
    }

    private static void RequireChannels(ShapeContext node, long channels, long perFilter, long groups)
    {
        if (channels >= 0 && perFilter >= 0 && channels != perFilter * groups)
        {
            throw node.Fail($"is given {channels} channels, its weights are for {perFilter} in each of {groups} groups");
        }
    }
}
