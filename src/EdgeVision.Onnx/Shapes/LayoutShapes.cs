namespace EdgeVision.Onnx;

/// <summary>Elements in another order, repeated, or with more around them.</summary>
internal static class LayoutShapes
{
    public static void Transpose(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        long[] order = node.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, data.Rank).Select(i => (long)(data.Rank - 1 - i))];
        var axes = Array.ConvertAll(order, axis => node.Axis(axis, data.Rank));
        node.Set(0, data.Type, axes.Length == data.Rank && axes.Distinct().Count() == data.Rank
            ? Array.ConvertAll(axes, axis => data.Lengths[axis])
            : throw node.Fail($"puts the dimensions of {data} into the order [{string.Join(", ", order)}]"));
    }

    public static void Expand(ShapeContext node)
    {
        if (node.Input(0) is not { } data || node.Numbers(1) is not { } wanted)
        {
            return;
        }

        long[] target = [.. wanted.Select(number => number is { } length ? ShapeContext.ToLong(length) : ValueShape.Open)];
        node.Set(0, data.Type, Broadcasting.Meet(data.Lengths, target) ?? throw node.Fail($"stretches {data} to [{string.Join(", ", target)}]"));
        if (target.Length == 1 && data.Rank <= 1 && node.Numbers(0) is [var single] && target[0] is >= 0 and <= KnownShapes.MostNumbers)
        {
            node.SetNumbers([.. Enumerable.Repeat(single, (int)target[0])]);
        }
    }

    public static void Tile(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var repeats = node.Longs(1);
        if (repeats is not null && repeats.Length != data.Rank)
        {
            throw node.Fail($"repeats {data} by [{string.Join(", ", repeats)}]");
        }

        node.Set(0, data.Type, [.. data.Lengths.Select((length, i) => repeats is null || length < 0 ? ValueShape.Open : length * repeats[i])]);
    }

    public static void DepthToSpace(ShapeContext node)
    {
        if (Block(node) is var (data, size))
        {
            node.Set(0, data.Type, [data.Lengths[0], Divide(node, data.Lengths[1], size * size), Times(data.Lengths[2], size), Times(data.Lengths[3], size)]);
        }
    }

    public static void SpaceToDepth(ShapeContext node)
    {
        if (Block(node) is var (data, size))
        {
            node.Set(0, data.Type, [data.Lengths[0], Times(data.Lengths[1], size * size), Divide(node, data.Lengths[2], size), Divide(node, data.Lengths[3], size)]);
        }
    }

    public static void Pad(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var axes = node.HasInput(3) ? node.Longs(3)?.Select(axis => node.Axis(axis, data.Rank)).ToArray() : [.. Enumerable.Range(0, data.Rank)];
        if (node.Longs("pads", 1) is not { } pads || axes is null)
        {
            node.Set(0, data.Type, [.. data.Lengths.Select(_ => ValueShape.Open)]);
            return;
        }

        if (pads.Length != 2 * axes.Length)
        {
            throw node.Fail($"pads {axes.Length} dimensions with {pads.Length} numbers");
        }

        node.Set(0, data.Type, [.. data.Lengths.Select((length, i) => length < 0 || Array.IndexOf(axes, i) is not (>= 0 and var at) ? length : length + pads[at] + pads[at + axes.Length])]);
    }

    private static (ValueShape Data, long Size)? Block(ShapeContext node) =>
        node.Input(0) is not { } data ? null
        : data.Rank == 4 && node.Attributes.Int("blocksize", 0) is > 0 and var size ? (data, size)
        : throw node.Fail($"moves blocks of {node.Attributes.Int("blocksize", 0)} in {data}");

    private static long Times(long length, long factor) => length < 0 ? ValueShape.Open : length * factor;

    private static long Divide(ShapeContext node, long length, long by) =>
        length < 0 ? ValueShape.Open : length % by == 0 ? length / by : throw node.Fail($"divides a length of {length} by {by}");
}
