namespace EdgeVision.Onnx;

/// <summary>Elements picked by index.</summary>
internal static class GatherShapes
{
    public static void Gather(ShapeContext node)
    {
        if (node.Input(0) is not { } data || node.Input(1) is not { } indices)
        {
            return;
        }

        var axis = node.Axis(node.Attributes.Int("axis", 0), data.Rank);
        node.Set(0, data.Type, [.. data.Lengths.Take(axis), .. indices.Lengths, .. data.Lengths.Skip(axis + 1)]);
        if (data.Rank == 1 && indices.Rank <= 1 && node.Numbers(0) is { } numbers && node.Longs(1) is { } picked)
        {
            node.SetNumbers(Array.ConvertAll(picked, index => numbers[node.Axis(index, numbers.Length)]));
        }
    }

    public static void GatherElements(ShapeContext node)
    {
        if (node.Input(0) is { } data && node.Input(1) is { } indices)
        {
            node.Set(0, data.Type, indices.Lengths);
        }
    }

    /// <summary>GatherND: the last length of the indices says how many axes of the data an index goes through.</summary>
    public static void GatherNumbered(ShapeContext node)
    {
        if (node.Input(0) is not { } data || node.Input(1) is not { Rank: > 0 } indices || indices.Lengths[^1] < 0)
        {
            return;
        }

        var kept = node.Attributes.Int("batch_dims", 0) + indices.Lengths[^1];
        if (kept < 0 || kept > data.Rank)
        {
            throw node.Fail($"picks from {data} with indices {indices}, which go through more axes than there are");
        }

        node.Set(0, data.Type, [.. indices.Lengths.SkipLast(1), .. data.Lengths.Skip((int)kept)]);
    }
}
