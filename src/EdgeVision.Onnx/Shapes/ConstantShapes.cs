using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Tensors that come from no data: constants, shapes as numbers, ranges, random numbers; and changes of the type alone.</summary>
internal static class ConstantShapes
{
    public static void Constant(ShapeContext node)
    {
        var attributes = node.Attributes;
        if ((attributes.Tensor("value")
            ?? (attributes.Has("value_int") ? OnnxTensor.Of("", [], [attributes.Int("value_int", 0)]) : null)
            ?? (attributes.Has("value_float") ? OnnxTensor.Of("", [], [attributes.Float("value_float", 0)]) : null)
            ?? (attributes.Ints("value_ints") is { } ints ? OnnxTensor.Of("", [ints.Length], ints) : null)
            ?? (attributes.Floats("value_floats") is { } floats ? OnnxTensor.Of("", [floats.Length], floats) : null)) is { } tensor)
        {
            node.SetConstant(tensor);
        }
    }

    public static void ConstantOfShape(ShapeContext node)
    {
        var value = node.Attributes.Tensor("value");
        var type = value?.TypeOf() ?? DataType.Float;
        if (node.Numbers(0) is { } wanted)
        {
            var shape = new ValueShape(type, [.. wanted.Select(number => number is { } length ? ShapeContext.ToLong(length) : ValueShape.Open)]);
            node.Set(0, type, shape.Lengths);
            node.SetNumbers(shape.Count is <= KnownShapes.MostNumbers and { } count ? [.. Enumerable.Repeat((double?)(value is null ? 0 : value.ReadDoubles().FirstOrDefault()), (int)count)] : null);
        }
        else if (node.Input(0) is { Rank: 1 } lengths && lengths.Lengths[0] is >= 0 and <= KnownShapes.MostNumbers and var rank)
        {
            node.Set(0, type, [.. Enumerable.Repeat(ValueShape.Open, (int)rank)]);
        }
    }

    public static void Shape(ShapeContext node)
    {
        if (node.Input(0) is not { } data)
        {
            return;
        }

        var (from, to) = (Bound(node.Attributes.Int("start", 0), data.Rank), Bound(node.Attributes.Int("end", data.Rank), data.Rank));
        long[] lengths = [.. data.Lengths.Take(to).Skip(from)];
        node.Set(0, DataType.Int64, [lengths.Length]);
        node.SetNumbers(Array.ConvertAll(lengths, length => length < 0 ? null : (double?)length));
    }

    public static void Size(ShapeContext node)
    {
        node.Set(0, DataType.Int64, []);
        node.SetNumbers([node.Input(0)?.Count]);
    }

    public static void Range(ShapeContext node)
    {
        if (node.Input(0) is not { } first)
        {
            return;
        }

        var (start, limit, delta) = (node.Number(0), node.Number(1), node.Number(2));
        var count = delta == 0 ? throw node.Fail("counts in steps of 0") : (limit - start) / delta is { } steps ? Math.Max(0, ShapeContext.ToLong(Math.Ceiling(steps))) : ValueShape.Open;
        node.Set(0, first.Type, [count]);
        node.SetNumbers(count is >= 0 and <= KnownShapes.MostNumbers ? [.. Enumerable.Range(0, (int)count).Select(i => start + i * delta)] : null);
    }

    public static void Random(ShapeContext node)
    {
        if (node.Attributes.Ints("shape") is { } shape)
        {
            node.Set(0, (DataType)node.Attributes.Int("dtype", (long)DataType.Float), shape);
        }
    }

    public static void TypedLikeFirst(ShapeContext node)
    {
        if (node.Input(0) is { } input)
        {
            node.Set(0, (DataType)node.Attributes.Int("dtype", (long)input.Type), input.Lengths);
        }
    }

    public static void Cast(ShapeContext node) => Retype(node, (DataType)node.Attributes.Int("to", 0));

    public static void CastLike(ShapeContext node)
    {
        if (node.Input(1) is { } like)
        {
            Retype(node, like.Type);
        }
    }

    private static void Retype(ShapeContext node, DataType type)
    {
        if (node.Input(0) is { } input)
        {
            node.Set(0, type, input.Lengths);
            node.SetNumbers(type is DataType.Int32 or DataType.Int64 ? NumberRules.Map(node.Numbers(0), Math.Truncate) : type is DataType.Float or DataType.Double ? node.Numbers(0) : null);
        }
    }

    private static int Bound(long index, int rank) => (int)Math.Clamp(index < 0 ? index + rank : index, 0, rank);
}
