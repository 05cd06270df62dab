using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>How the values of a tensor lie in its message, and whether they are as many as its dimensions say.</summary>
internal static class TensorLayout
{
    // Larger than any memory, and small enough that a size in bytes is a number.
    private const long MostValues = 1L << 48;

    public static long Count(string name, ReadOnlySpan<long> dims) => CountOrNull(dims)
        ?? throw new OnnxException($"Tensor '{name}' has dimensions [{string.Join(", ", dims.ToArray())}]: {(dims.ContainsAnyInRange(long.MinValue, -1) ? "one is negative" : "they say more values than any file holds")}. The file is broken: export it again.");

    /// <summary>The product of the dimensions, or null where one is negative or no memory holds as many.</summary>
    public static long? CountOrNull(ReadOnlySpan<long> dims)
    {
        var (count, isEmpty) = (1L, dims.Contains(0));
        foreach (var dim in dims)
        {
            if (dim < 0 || (!isEmpty && dim > MostValues / count))
            {
                return null;
            }

            count = isEmpty ? 0 : count * dim;
        }

        return count;
    }

    /// <param name="typed">Where the values lie when they are not raw bytes.</param>
    public static T[] Read<T>(TensorProto tensor, Func<IEnumerable<T>> typed)
        where T : unmanaged
    {
        var expected = tensor.Count();
        var bytes = tensor.RawData.Span;
        T[] values = !tensor.HasRawData ? [.. typed()] : bytes.Length == expected * Unsafe.SizeOf<T>() ? MemoryMarshal.Cast<byte, T>(bytes).ToArray() : throw Misfit(tensor, $"{bytes.Length} bytes");
        return values.Length == expected ? values : throw Misfit(tensor, $"{values.Length} values");
    }

    /// <summary>Refuses a tensor whose values are fewer or more than its dimensions say. Types that are not listed here are not judged.</summary>
    public static void RequireFit(TensorProto tensor)
    {
        var expected = tensor.Count();
        if (SizeOf(tensor.TypeOf()) is { } size && tensor.Segment is null && (tensor.HasRawData ? tensor.RawData.Length != expected * size : TypedCount(tensor) != expected))
        {
            throw Misfit(tensor, tensor.HasRawData ? $"{tensor.RawData.Length} bytes" : $"{TypedCount(tensor)} values");
        }
    }

    /// <summary>Bytes of one element, or null for strings and types that are not listed.</summary>
    public static int? SizeOf(DataType type) => type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => null,
    };

    public static OnnxException NotOfType(TensorProto tensor, string wanted) => new($"Tensor '{tensor.Name}' holds {tensor.TypeOf()}, not {wanted}.");

    private static long TypedCount(TensorProto tensor) => tensor.TypeOf() switch
    {
        DataType.Float => tensor.FloatData.Count,
        DataType.Complex64 => tensor.FloatData.Count / 2,
        DataType.Double => tensor.DoubleData.Count,
        DataType.Complex128 => tensor.DoubleData.Count / 2,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        _ => tensor.Int32Data.Count,
    };

    private static OnnxException Misfit(TensorProto tensor, string what) =>
        new($"Tensor '{tensor.Name}' holds {what}, its dimensions [{string.Join(", ", tensor.Dims)}] say {tensor.Count()} values of {tensor.TypeOf()}. The file is broken: export it again.");
}
