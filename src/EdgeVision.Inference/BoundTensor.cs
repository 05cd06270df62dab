using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>Memory that one input or output of a network is bound to for the model's life.</summary>
/// <remarks>
/// Owns 64-byte aligned native memory of shape [1, ...] and gives it back on disposal. A float16 tensor has a float32 twin beside it, filled by
/// <see cref="ReadFloats"/> or written back by <see cref="CommitFloats"/>; float32 and uint8 are used in place. Example: [1, 3, 416, 416] float32 is 2 076 672 bytes. One thread.
/// </remarks>
internal sealed unsafe class BoundTensor : IDisposable
{
    private readonly float[] _widened;
    private void* _memory;

    public BoundTensor(string name, TensorElementType type, long[] shape)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Length = checked((int)TensorPrimitives.Product<long>(shape));
        var bytes = checked((nuint)Length * ElementSize(type));
        _memory = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_memory, bytes);
        _widened = type == TensorElementType.Float16 ? new float[Length] : [];
        Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)_memory, (long)bytes);
    }

    public string Name { get; }

    public TensorElementType Type { get; }

    public long[] Shape { get; }

    /// <summary>Values in the tensor.</summary>
    public int Length { get; }

    public OrtValue Value { get; }

    /// <summary>Whether <see cref="ReadFloats"/> can read it.</summary>
    public bool IsReal => Type is TensorElementType.Float or TensorElementType.Float16;

    /// <summary>Where float32 values are written or read; for float16 the twin.</summary>
    public Span<float> Floats => Type == TensorElementType.Float16 ? _widened : Elements<float>(TensorElementType.Float);

    public Span<byte> Bytes => Elements<byte>(TensorElementType.UInt8);

    /// <summary>The values the network wrote.</summary>
    public ReadOnlySpan<float> ReadFloats()
    {
        if (Type == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(Elements<Half>(TensorElementType.Float16), _widened);
        }

        return Floats;
    }

    /// <summary>Makes what was written to <see cref="Floats"/> what the network reads.</summary>
    public void CommitFloats()
    {
        if (Type == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToHalf(_widened, Elements<Half>(TensorElementType.Float16));
        }
    }

    public void Dispose()
    {
        Value.Dispose();
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private static nuint ElementSize(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 => 1,
        TensorElementType.Float16 => 2,
        TensorElementType.Int64 => 8,
        _ => 4,
    };

    private Span<T> Elements<T>(TensorElementType type)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return Type == type ? new Span<T>(_memory, Length) : throw new InvalidOperationException($"{Name} holds {Type}, not {type}.");
    }
}
