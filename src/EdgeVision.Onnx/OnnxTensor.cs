using System.Runtime.InteropServices;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Constant tensors made and read. Values lie in row-major order; a tensor without dimensions is one value.</summary>
/// <remarks>
/// Written as raw little-endian bytes, read in either of ONNX's two ways. A reader that meets another type than it says, or fewer or more values than the
/// dimensions say, throws <see cref="OnnxException"/>. Example: <c>OnnxTensor.Of("scale", [], [0.5f])</c> is a scalar.
/// </remarks>
public static class OnnxTensor
{
    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<float> values) => Of(name, DataType.Float, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<Half> values) => Of(name, DataType.Float16, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<double> values) => Of(name, DataType.Double, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<byte> values) => Of(name, DataType.Uint8, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<sbyte> values) => Of(name, DataType.Int8, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<int> values) => Of(name, DataType.Int32, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<long> values) => Of(name, DataType.Int64, dims, values);

    public static TensorProto Of(string name, ReadOnlySpan<long> dims, ReadOnlySpan<bool> values) => Of(name, DataType.Bool, dims, values);

    /// <summary>The element type.</summary>
    public static DataType TypeOf(this TensorProto tensor) => (DataType)tensor.DataType;

    /// <summary>How many values the dimensions say.</summary>
    /// <exception cref="OnnxException">A negative dimension, or more values than any file holds.</exception>
    public static long Count(this TensorProto tensor) => TensorLayout.Count(tensor.Name, [.. tensor.Dims]);

    /// <summary>The values of a float32 or float16 tensor.</summary>
    public static float[] ReadFloats(this TensorProto tensor) => tensor.TypeOf() switch
    {
        DataType.Float => TensorLayout.Read<float>(tensor, () => tensor.FloatData),
        DataType.Float16 => Array.ConvertAll(ReadHalves(tensor), value => (float)value),
        _ => throw TensorLayout.NotOfType(tensor, "floats"),
    };

    /// <summary>The values of any tensor of numbers or booleans, as doubles; whole numbers beyond 2^53 lose their last digits.</summary>
    public static double[] ReadDoubles(this TensorProto tensor) => tensor.TypeOf() switch
    {
        DataType.Double => TensorLayout.Read<double>(tensor, () => tensor.DoubleData),
        DataType.Float or DataType.Float16 => Array.ConvertAll(tensor.ReadFloats(), value => (double)value),
        _ => Array.ConvertAll(tensor.ReadLongs(), value => (double)value),
    };

    /// <summary>The values of a tensor of whole numbers or booleans, whatever their width.</summary>
    public static long[] ReadLongs(this TensorProto tensor) => tensor.TypeOf() switch
    {
        DataType.Int64 => TensorLayout.Read<long>(tensor, () => tensor.Int64Data),
        DataType.Int32 => Array.ConvertAll(tensor.ReadInts(), value => (long)value),
        DataType.Int16 => Array.ConvertAll(TensorLayout.Read(tensor, () => tensor.Int32Data.Select(value => unchecked((short)value))), value => (long)value),
        DataType.Uint16 => Array.ConvertAll(TensorLayout.Read(tensor, () => tensor.Int32Data.Select(value => unchecked((ushort)value))), value => (long)value),
        DataType.Int8 => Array.ConvertAll(tensor.ReadSBytes(), value => (long)value),
        DataType.Uint8 or DataType.Bool => Array.ConvertAll(tensor.ReadBytes(), value => (long)value),
        DataType.Uint32 => Array.ConvertAll(TensorLayout.Read(tensor, () => tensor.Uint64Data.Select(value => unchecked((uint)value))), value => (long)value),
        DataType.Uint64 => Array.ConvertAll(TensorLayout.Read<ulong>(tensor, () => tensor.Uint64Data), value => unchecked((long)value)),
        _ => throw TensorLayout.NotOfType(tensor, "whole numbers"),
    };

    /// <summary>The values of an int32 tensor.</summary>
    public static int[] ReadInts(this TensorProto tensor) =>
        tensor.TypeOf() == DataType.Int32 ? TensorLayout.Read<int>(tensor, () => tensor.Int32Data) : throw TensorLayout.NotOfType(tensor, "int32");

    /// <summary>The values of a uint8 tensor, or of booleans as 0 and 1.</summary>
    public static byte[] ReadBytes(this TensorProto tensor) =>
        tensor.TypeOf() is DataType.Uint8 or DataType.Bool ? TensorLayout.Read(tensor, () => tensor.Int32Data.Select(value => unchecked((byte)value))) : throw TensorLayout.NotOfType(tensor, "uint8");

    /// <summary>The values of an int8 tensor.</summary>
    public static sbyte[] ReadSBytes(this TensorProto tensor) =>
        tensor.TypeOf() == DataType.Int8 ? TensorLayout.Read(tensor, () => tensor.Int32Data.Select(value => unchecked((sbyte)value))) : throw TensorLayout.NotOfType(tensor, "int8");

    private static Half[] ReadHalves(TensorProto tensor) =>
        TensorLayout.Read(tensor, () => tensor.Int32Data.Select(bits => BitConverter.UInt16BitsToHalf(unchecked((ushort)bits))));

    private static TensorProto Of<T>(string name, DataType type, ReadOnlySpan<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var expected = TensorLayout.Count(name, dims);
        if (expected != values.Length)
        {
            throw new OnnxException($"Tensor '{name}' is given {values.Length} values, its dimensions say {expected}.");
        }

        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dims.AddRange(dims.ToArray());
        return tensor;
    }
}
