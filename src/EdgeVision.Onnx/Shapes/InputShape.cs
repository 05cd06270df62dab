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
            var lengths = Meet(name, input.Name, Declared(name, input), given);
            _ = TensorLayout.Count(input.Name, [.. lengths.Where(length => length != ValueShape.Open)]);
            known.Shapes[input.Name] = new ValueShape((DataType)tensor.ElemType, lengths);
        }
    }

    private static long[]? Declared(string name, ValueInfoProto input)
    {
        long[]? lengths = input.Type.TensorType.Shape is not { } shape ? null : [.. shape.Dim.Select(dim => dim.HasDimValue ? dim.DimValue : ValueShape.Open)];

        // -1 is no length, but exporters write it for an open one, and ONNX Runtime reads it so.
        return lengths?.Any(length => length < ValueShape.Open) == true
            ? throw new OnnxException($"{name}: input '{input.Name}' has the lengths [{string.Join(", ", lengths)}]. A length is 0 or more: export the network again.")
            : lengths;
    }

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
