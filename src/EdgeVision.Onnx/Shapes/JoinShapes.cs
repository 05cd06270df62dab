namespace EdgeVision.Onnx;

/// <summary>Tensors put together along an axis, and taken apart again.</summary>
internal static class JoinShapes
{
    public static void Concat(ShapeContext node)
    {
        var parts = Enumerable.Range(0, node.Inputs).Select(node.Input).ToArray();
        if (parts.Length == 0 || parts.Any(part => part is null))
        {
            return;
        }

        var first = parts[0]!;
        if (parts.FirstOrDefault(part => part!.Rank != first.Rank) is { } other)
        {
            throw node.Fail($"joins {first} and {other}, which have other numbers of dimensions");
        }

        var axis = node.Axis(node.Attributes.Int("axis", 1), first.Rank);
        node.Set(0, first.Type, [.. Enumerable.Range(0, first.Rank).Select(i => i == axis ? Sum(parts!, i) : Same(node, parts!, i))]);
        if (first.Rank == 1)
        {
            node.SetNumbers(Join(node, parts!));
        }
    }

    public static void Split(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var axis = node.Axis(node.Attributes.Int("axis", 0), data.Rank);
        var isGiven = node.Attributes.Has("split") || node.HasInput(1);
        var parts = isGiven ? node.Longs("split", 1) : null;
        if (parts is not null && (parts.Length != node.Outputs || (data.Lengths[axis] >= 0 && parts.Sum() != data.Lengths[axis])))
        {
            throw node.Fail($"splits {data.Lengths[axis]} into {node.Outputs} parts of [{string.Join(", ", parts)}]");
        }

        for (var i = 0; i < node.Outputs; i++)
        {
            node.Set(i, data.Type, data.With(axis, parts?[i] ?? (isGiven ? ValueShape.Open : Even(data.Lengths[axis], node.Outputs, i))));
        }
    }

    // Where it does not divide, the last part is smaller (opset 18).
    private static long Even(long length, int parts, int index)
    {
        var size = (length + parts - 1) / parts;
        return length < 0 ? ValueShape.Open : Math.Min(size, Math.Max(0, length - index * size));
    }

    private static long Sum(ValueShape[] parts, int axis) => parts.Any(part => part.Lengths[axis] < 0) ? ValueShape.Open : parts.Sum(part => part.Lengths[axis]);

    private static long Same(ShapeContext node, ValueShape[] parts, int axis)
    {
        var known = parts.Select(part => part.Lengths[axis]).Where(length => length >= 0).Distinct().ToArray();
        return known.Length < 2
            ? known.FirstOrDefault(ValueShape.Open)
            : throw node.Fail($"joins {string.Join(", ", parts.AsEnumerable())}, which differ in dimension {axis} too");
    }

    private static double?[]? Join(ShapeContext node, ValueShape[] parts)
    {
        var numbers = parts.Select((part, i) => node.Numbers(i) ?? (part.Count is <= KnownShapes.MostNumbers and { } count ? new double?[count] : null)).ToArray();
        return numbers.Any(part => part is null) ? null : [.. numbers.SelectMany(part => part!)];
    }
}
