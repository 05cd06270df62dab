using System.Runtime.InteropServices;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Constant tensors made and read. Values lie in row-major order; a tensor without dimensions is one value.</summary>
/// <remarks>Written as raw little-endian bytes, read in either of ONNX's two ways. Example: <c>OnnxTensor.Of("scale", [], [0.5f])</c> is a scalar.</remarks>
public static class OnnxTensor
{
    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<float> values) => Of(name, DataType.Float, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<Half> values) => Of(name, DataType.Float16, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<byte> values) => Of(name, DataType.Uint8, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<sbyte> values) => Of(name, DataType.Int8, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<int> values) => Of(name, DataType.Int32, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<long> values) => Of(name, DataType.Int64, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<bool> values) => Of(name, DataType.Bool, dims, values);

    /// <summary>The values of a float32 or float16 tensor.</summary>
    /// <exception cref="OnnxException">Another type, or fewer or more values than the dimensions say.</exception>
    public static float[] ReadFloats(this TensorProto tensor)
    {
        float[] values = (DataType)tensor.DataType switch
        {
            DataType.Float when tensor.HasRawData => Raw<float>(tensor),
            DataType.Float => [.. tensor.FloatData],
            DataType.Float16 when tensor.HasRawData => [.. Raw<Half>(tensor).Select(value => (float)value)],
            DataType.Float16 => [.. tensor.Int32Data.Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))],
            var other => throw new OnnxException($"Tensor '{tensor.Name}' holds {other}, not floats."),
        };
        var expected = tensor.Dims.Aggregate(1L, (product, dim) => product * dim);
        return values.Length == expected
            ? values
            : throw new OnnxException($"Tensor '{tensor.Name}' holds {values.Length} values, its dimensions [{string.Join(", ", tensor.Dims)}] say {expected}. The file is broken: export it again.");
    }

    private static T[] Raw<T>(TensorProto tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();

    private static TensorProto Of<T>(string name, DataType type, ReadOnlySpan<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var expected = 1L;
        foreach (var dim in dims)
        {
            expected *= dim;
        }

        if (expected != values.Length)
        {
            throw new OnnxException($"Tensor '{name}' is given {values.Length} values, its dimensions say {expected}.");
        }

        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dims.AddRange(dims.ToArray());
        return tensor;
    }
}
