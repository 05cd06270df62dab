using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>What a graph says of an input, with the lengths that a caller will give it.</summary>
internal static class InputShape
{
    public static void Add(string name, ValueInfoProto input, IReadOnlyList<long>? given, KnownShapes known)
    {
        if (input.Type?.TensorType is { ElemType: > 0 } tensor && (tensor.Shape is not null || given is not null))
        {
            var lengths = Meet(name, input.Name, Declared(tensor.Shape), given);

            // -1 is no length, but exporters write it for an open one, and ONNX Runtime reads it so.
            known.Shapes[input.Name] = TensorLayout.CountOrNull([.. lengths.Where(length => length != ValueShape.Open)]) is not null
                ? new ValueShape((DataType)tensor.ElemType, lengths)
                : throw new OnnxException($"{name}: input '{input.Name}' has the lengths [{string.Join(", ", lengths)}], which no tensor has: export the network again, or give it others.");
        }
    }

    private static long[]? Declared(TensorShapeProto? shape) => shape is null ? null : [.. shape.Dim.Select(dim => dim.HasDimValue ? dim.DimValue : ValueShape.Open)];

    private static IReadOnlyList<long> Meet(string name, string input, long[]? declared, IReadOnlyList<long>? given)
    {
        if (given is null || declared is null)
        {
            return given ?? declared!;
        }

        return given.Count == declared.Length && declared.Zip(given).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second)
            ? [.. declared.Zip(given, (length, hint) => length < 0 ? hint : length)]
            : throw new OnnxException($"{name}: input '{input}' is [{string.Join(", ", declared)}], lengths [{string.Join(", ", given)}] were asked for. Only open lengths (-1) can be chosen.");
    }
}
