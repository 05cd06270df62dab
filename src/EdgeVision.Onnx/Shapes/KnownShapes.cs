using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>What inference knows so far: shapes of values, and the numbers within small ones.</summary>
internal sealed class KnownShapes
{
    // Shape arithmetic works on vectors as long as a rank; larger ones are weights, and following them would only cost time.
    public const int MostNumbers = 64;

    public Dictionary<string, ValueShape> Shapes { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers of scalars and small tensors, row-major; null stands for one that only running tells. Doubles, because scales take part; a length is far below 2^53.</summary>
    public Dictionary<string, double?[]> Numbers { get; } = new(StringComparer.Ordinal);

    public void AddConstant(string value, TensorProto tensor)
    {
        Shapes[value] = new ValueShape(tensor.TypeOf(), [.. tensor.Dims]);
        if (tensor.Count() <= MostNumbers && IsNumeric(tensor))
        {
            Numbers[value] = Array.ConvertAll(tensor.ReadDoubles(), number => (double?)number);
        }
    }

    private static bool IsNumeric(TensorProto tensor) => tensor.TypeOf() is > TensorProto.Types.DataType.Undefined and not TensorProto.Types.DataType.String and <= TensorProto.Types.DataType.Uint64;
}
