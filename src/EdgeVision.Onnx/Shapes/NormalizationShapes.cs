using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Normalizations and Dropout: the first output is like the input, the others are statistics.</summary>
internal static class NormalizationShapes
{
    private const int MaskIsBool = 10;

    public static void Plain(ShapeContext node)
    {
        if (node.Input(0) is { } input)
        {
            node.Set(0, input.Type, input.Lengths);
        }
    }

    public static void Batch(ShapeContext node)
    {
        Plain(node);
        for (var i = 1; i < node.Outputs && node.Input(1) is { } scale; i++)
        {
            node.Set(i, node.Input(3)?.Type ?? scale.Type, scale.Lengths);
        }
    }

    public static void Statistics(ShapeContext node)
    {
        Plain(node);
        if (node.Input(0) is { } input)
        {
            var axis = node.Axis(node.Attributes.Int("axis", -1), input.Rank);
            var type = (DataType)node.Attributes.Int("stash_type", (long)DataType.Float);
            node.Set(1, type, [.. input.Lengths.Select((length, i) => i < axis ? length : 1)]);
            node.Set(2, type, [.. input.Lengths.Select((length, i) => i < axis ? length : 1)]);
        }
    }

    public static void Dropout(ShapeContext node)
    {
        Plain(node);
        if (node.Input(0) is { } input)
        {
            node.Set(1, node.Opset >= MaskIsBool ? DataType.Bool : input.Type, input.Lengths);
        }
    }
}
