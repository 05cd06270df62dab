namespace EdgeVision.Onnx;

/// <summary>Pictures made larger or smaller: by scales (attribute, or input) or to sizes.</summary>
internal static class ResizeShapes
{
    private const int ResizeHasRegions = 11;

    public static void Resize(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var axes = Array.ConvertAll(node.Attributes.Ints("axes") ?? [.. Enumerable.Range(0, data.Rank)], axis => node.Axis(axis, data.Rank));
        if (node.Numbers(3) is { Length: > 0 } sizes && node.Node.OpType == "Resize")
        {
            Require(node, sizes.Length, axes);
            node.Set(0, data.Type, Sized(node, data, axes, sizes));
        }
        else if (Scales(node) is { Length: > 0 } scales)
        {
            Require(node, scales.Length, axes);
            node.Set(0, data.Type, [.. data.Lengths.Select((length, i) => Array.IndexOf(axes, i) is >= 0 and var at ? Scaled(node, length, scales[at]) : length)]);
        }
        else
        {
            node.Set(0, data.Type, [.. data.Lengths.Select((length, i) => axes.Contains(i) ? ValueShape.Open : length)]);
        }
    }

    public static void GridSample(ShapeContext node)
    {
        if (node.Input(0) is { } data && node.Input(1) is { } grid && data.Rank == grid.Rank)
        {
            node.Set(0, data.Type, [.. data.Lengths.Take(2), .. grid.Lengths.Skip(1).SkipLast(1)]);
        }
    }

    private static double?[]? Scales(ShapeContext node) =>
        node.Attributes.Floats("scales") is { } scales ? Array.ConvertAll(scales, scale => (double?)scale)
        : node.Numbers(node.Node.OpType == "Resize" && node.Opset >= ResizeHasRegions ? 2 : 1);

    // In single precision, as the runtime does it, because the floor of a product shows the difference. A crop scales the region and not the picture.
    private static long Scaled(ShapeContext node, long length, double? scale) =>
        length < 0 || scale is null || node.Attributes.Text("coordinate_transformation_mode", "") == "tf_crop_and_resize" ? ValueShape.Open : unchecked((long)((float)scale.Value * length));

    private static long[] Sized(ShapeContext node, ValueShape data, int[] axes, double?[] sizes)
    {
        var lengths = data.Lengths.ToArray();
        var policy = node.Attributes.Text("keep_aspect_ratio_policy", "stretch");
        double?[] scales = [.. axes.Select((axis, i) => sizes[i] is { } size && lengths[axis] > 0 ? size / lengths[axis] : (double?)null)];
        var isKnown = scales.All(scale => scale.HasValue);
        var scale = policy == "not_larger" ? scales.Min() : scales.Max();
        for (var i = 0; i < axes.Length; i++)
        {
            lengths[axes[i]] = policy == "stretch" ? sizes[i] is { } size ? ShapeContext.ToLong(size) : ValueShape.Open
                : isKnown ? ShapeContext.ToLong(Math.Round(scale!.Value * lengths[axes[i]], MidpointRounding.AwayFromZero))
                : ValueShape.Open;
        }

        return lengths;
    }

    private static void Require(ShapeContext node, int given, int[] axes)
    {
        if (given != axes.Length)
        {
            throw node.Fail($"resizes {axes.Length} dimensions with {given} numbers");
        }
    }
}
