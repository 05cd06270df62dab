using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Into whole numbers of few bits, and back.</summary>
internal static class QuantizationShapes
{
    public static void Quantize(ShapeContext node)
    {
        if (node.Input(0) is { } data && (!node.HasInput(2) || node.Input(2) is not null))
        {
            var asked = node.Attributes.Int("output_dtype", 0);
            node.Set(0, asked != 0 ? (DataType)asked : node.Input(2)?.Type ?? DataType.Uint8, data.Lengths);
        }
    }

    public static void Dequantize(ShapeContext node)
    {
        if (node.Input(0) is { } data && node.Input(1) is { } scale)
        {
            node.Set(0, scale.Type, data.Lengths);
        }
    }

    public static void DynamicQuantize(ShapeContext node)
    {
        if (node.Input(0) is { } data)
        {
            node.Set(0, DataType.Uint8, data.Lengths);
            node.Set(1, DataType.Float, []);
            node.Set(2, DataType.Uint8, []);
        }
    }

    // a, its scale and zero point, b, its scale and zero point, then scale and zero point of what is given.
    public static void QLinearBinary(ShapeContext node)
    {
        if (node.Input(0) is { } a && node.Input(3) is { } b)
        {
            node.Set(0, a.Type, Broadcasting.Meet(a.Lengths, b.Lengths) ?? throw node.Fail($"joins {a} and {b}, which do not broadcast"));
        }
    }
}
