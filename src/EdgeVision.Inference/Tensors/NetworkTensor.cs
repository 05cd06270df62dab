using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>A tensor outside any session: what a network is fed with or gave, as bytes of its own.</summary>
/// <remarks>Row-major, little-endian. Example: <c>NetworkTensor.Of([1, 2], [0.5f, 1f])</c> has type 1 and 8 bytes. Immutable by agreement, any thread.</remarks>
/// <param name="Type">ONNX's number for the element type (<c>TensorProto.DataType</c>): 1 float32, 2 uint8, 3 int8, 6 int32, 7 int64, 9 bool, 10 float16, 11 float64.</param>
/// <param name="Shape">Lengths, outermost first; empty = one value.</param>
/// <param name="Data">The elements.</param>
public sealed record NetworkTensor(int Type, long[] Shape, byte[] Data)
{
    /// <summary>The elements of a float32 tensor.</summary>
    /// <exception cref="InferenceException">Another type.</exception>
    public ReadOnlySpan<float> Floats => (TensorElementType)Type == TensorElementType.Float
        ? MemoryMarshal.Cast<byte, float>(Data)
        : throw new InferenceException($"A tensor of {(TensorElementType)Type} was read as float32.");

    public static NetworkTensor Of(long[] shape, ReadOnlySpan<float> values) => new((int)TensorElementType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());
}
