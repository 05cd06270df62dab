namespace EdgeVision.Onnx;

/// <summary>The same elements under other lengths.</summary>
internal static class ReshapeShapes
{
    private const long Rest = -1;

    public static void Reshape(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var wanted = node.Attributes.Ints("shape") is { } given ? Array.ConvertAll(given, length => (double?)length) : node.Numbers(1);
        if (wanted is not null)
        {
            node.Set(0, data.Type, Fill(node, data, wanted));
            node.SetNumbers(node.Numbers(0));
        }
        else if (node.Input(1) is { Rank: 1 } shape && shape.Lengths[0] is >= 0 and <= KnownShapes.MostNumbers and var rank)
        {
            node.Set(0, data.Type, [.. Enumerable.Repeat(ValueShape.Open, (int)rank)]);
        }
    }

    public static void Flatten(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var axis = node.Attributes.Int("axis", 1);
        var at = axis == data.Rank ? data.Rank : node.Axis(axis, data.Rank);
        node.Set(0, data.Type, [Product(data.Lengths.Take(at)), Product(data.Lengths.Skip(at))]);
    }

    public static void Squeeze(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var isGiven = node.Attributes.Has("axes") || node.HasInput(1);
        if (node.Longs("axes", 1) is { } axes)
        {
            var gone = Array.ConvertAll(axes, axis => node.Axis(axis, data.Rank));
            node.Set(0, data.Type, gone.Any(axis => data.Lengths[axis] > 1) ? throw node.Fail($"takes lengths of 1 out of {data}, where there is another") : [.. data.Lengths.Where((_, i) => !gone.Contains(i))]);
            node.SetNumbers(node.Numbers(0));
        }
        else if (!isGiven && data.IsFixed)
        {
            node.Set(0, data.Type, [.. data.Lengths.Where(length => length != 1)]);
            node.SetNumbers(node.Numbers(0));
        }
    }

    public static void Unsqueeze(ShapeContext node)
    {
        if (node.Input(0) is not { } data || node.Longs("axes", 1) is not { } axes)
        {
            return;
        }

        var rank = data.Rank + axes.Length;
        var added = Array.ConvertAll(axes, axis => node.Axis(axis, rank));
        if (added.Distinct().Count() < added.Length)
        {
            throw node.Fail($"adds an axis twice ([{string.Join(", ", axes)}])");
        }

        var kept = new Queue<long>(data.Lengths);
        node.Set(0, data.Type, [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : kept.Dequeue())]);
        node.SetNumbers(node.Numbers(0));
    }

    // 0 copies a length, one -1 takes what is left. What a length that is not known (null) will be, only the count of elements can tell.
    private static long[] Fill(ShapeContext node, ValueShape data, double?[] wanted)
    {
        var (keepsZero, copied) = (node.Attributes.Int("allowzero", 0) != 0, new HashSet<int>());
        var lengths = new long[wanted.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            lengths[i] = wanted[i] is { } number ? ShapeContext.ToLong(number) : ValueShape.Open;
            if (lengths[i] == 0 && !keepsZero)
            {
                lengths[i] = i < data.Rank ? data.Lengths[i] : throw node.Fail($"copies length {i} of {data}");
                copied.Add(i);
            }
        }

        var open = Enumerable.Range(0, lengths.Length).Where(i => lengths[i] < 0 && !copied.Contains(i)).ToArray();
        if (open.Length == 1)
        {
            lengths[open[0]] = Left(node, data, lengths, copied, open[0]);
        }

        return open.Length > 0 || !data.IsFixed || lengths.Any(length => length < 0) || Product(lengths) == data.Count ? lengths : throw Misfit(node, data, lengths);
    }

    private static long Left(ShapeContext node, ValueShape data, long[] lengths, HashSet<int> copied, int open)
    {
        // Copied lengths stand on both sides, so that they need not be known.
        var (all, taken) = (Product(data.Lengths.Where((_, i) => !copied.Contains(i))), Product(lengths.Where((_, i) => i != open && !copied.Contains(i))));
        return all < 0 || taken < 0 || (taken == 0 && all == 0) ? Rest
            : taken > 0 && all % taken == 0 ? all / taken
            : throw Misfit(node, data, lengths);
    }

    private static OnnxException Misfit(ShapeContext node, ValueShape data, long[] lengths) =>
        node.Fail($"gives {data} the lengths [{string.Join(", ", lengths)}], which hold another number of elements");

    private static long Product(IEnumerable<long> lengths) => lengths.Aggregate(1L, (product, length) => product < 0 || length < 0 ? ValueShape.Open : product * length);
}
