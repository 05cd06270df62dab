namespace EdgeVision.Onnx;

/// <summary>Slice: from, to and step along some axes; attributes before opset 10, inputs since.</summary>
internal static class SliceShapes
{
    private const int StepsSince = 10;

    public static void Slice(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var (starts, ends, steps) = (node.Longs("starts", 1), node.Longs("ends", 2), node.Opset >= StepsSince && node.HasInput(4) ? node.Longs(4) : Ones(node));
        if (Axes(node, data) is not { } axes)
        {
            node.Set(0, data.Type, [.. data.Lengths.Select(_ => ValueShape.Open)]);
            return;
        }

        if (starts is null || ends is null || steps is null)
        {
            node.Set(0, data.Type, [.. data.Lengths.Select((length, i) => axes.Contains(i) ? ValueShape.Open : length)]);
            return;
        }

        Cut(node, data, axes, starts, ends, steps);
    }

    private static void Cut(ShapeContext node, ValueShape data, int[] axes, long[] starts, long[] ends, long[] steps)
    {
        if (starts.Length != axes.Length || ends.Length != axes.Length || steps.Length < axes.Length || steps.Contains(0))
        {
            throw node.Fail($"slices {axes.Length} axes with {starts.Length} starts, {ends.Length} ends and the steps [{string.Join(", ", steps)}]");
        }

        var lengths = data.Lengths.ToArray();
        for (var i = 0; i < axes.Length; i++)
        {
            lengths[axes[i]] = lengths[axes[i]] < 0 ? ValueShape.Open : Count(lengths[axes[i]], starts[i], ends[i], steps[i]);
        }

        node.Set(0, data.Type, lengths);
        if (data.Rank == 1 && axes.Length == 1 && lengths[0] >= 0 && node.Numbers(0) is { } numbers && numbers.Length == data.Lengths[0])
        {
            var from = First(data.Lengths[0], starts[0], steps[0]);
            node.SetNumbers([.. Enumerable.Range(0, (int)lengths[0]).Select(i => numbers[from + i * steps[0]])]);
        }
    }

    private static int[]? Axes(ShapeContext node, ValueShape data)
    {
        if (!node.Attributes.Has("axes") && !node.HasInput(3))
        {
            var count = node.Longs("starts", 1)?.Length ?? (node.Input(1) is { Rank: 1 } given ? given.Lengths[0] : (long?)null);
            return count is >= 0 && count <= data.Rank ? [.. Enumerable.Range(0, (int)count)] : null;
        }

        return node.Longs("axes", 3) is { } axes ? Array.ConvertAll(axes, axis => node.Axis(axis, data.Rank)) : null;
    }

    private static long[] Ones(ShapeContext node) => [.. Enumerable.Repeat(1L, node.Input(0)!.Rank)];

    private static long Count(long length, long start, long end, long step)
    {
        var (from, to) = (First(length, start, step), step > 0 ? Math.Clamp(FromFront(end, length), 0, length) : Math.Clamp(FromFront(end, length), -1, length - 1));
        return length == 0 ? 0 : Math.Max(0, step > 0 ? (to - from - 1 + step) / step : (from - to - 1 - step) / -step);
    }

    private static long First(long length, long start, long step) => step > 0 ? Math.Clamp(FromFront(start, length), 0, length) : Math.Clamp(FromFront(start, length), 0, Math.Max(0, length - 1));

    private static long FromFront(long index, long length) => index < 0 ? index + length : index;
}
