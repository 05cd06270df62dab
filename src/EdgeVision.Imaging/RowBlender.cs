using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeVision.Imaging;

/// <summary>The vertical half of bilinear resizing: two rows of bytes to one row of floats, as wide as the processor can.</summary>
/// <remarks>destination[i] = top[i] + (bottom[i] - top[i]) * weight. No allocation, any thread.
/// "Estimate", here and beside: one rounding or two, whichever is fast. A strict fused multiply-add is a library call per number where the
/// program was compiled for processors without one, as published programs are: ten times as slow.</remarks>
internal static class RowBlender
{
    public static void Blend(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, float weight, Span<float> destination)
    {
        var length = top.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(bottom.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, length);
        ref var t = ref MemoryMarshal.GetReference(top);
        ref var b = ref MemoryMarshal.GetReference(bottom);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var w = Vector512.Create(weight);
            for (; i <= length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                var upper = ToSingle512(Vector128.LoadUnsafe(ref t, (nuint)i));
                var lower = ToSingle512(Vector128.LoadUnsafe(ref b, (nuint)i));
                Vector512.MultiplyAddEstimate(lower - upper, w, upper).StoreUnsafe(ref d, (nuint)i);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var w = Vector256.Create(weight);
            for (; i <= length - Vector64<byte>.Count; i += Vector64<byte>.Count)
            {
                var upper = ToSingle256(ref Unsafe.Add(ref t, i));
                var lower = ToSingle256(ref Unsafe.Add(ref b, i));
                Vector256.MultiplyAddEstimate(lower - upper, w, upper).StoreUnsafe(ref d, (nuint)i);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            var w = Vector128.Create(weight);
            for (; i <= length - sizeof(uint); i += sizeof(uint))
            {
                var upper = ToSingle128(ref Unsafe.Add(ref t, i));
                var lower = ToSingle128(ref Unsafe.Add(ref b, i));
                Vector128.MultiplyAddEstimate(lower - upper, w, upper).StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < length; i++)
        {
            float upper = Unsafe.Add(ref t, i);
            Unsafe.Add(ref d, i) = float.MultiplyAddEstimate(Unsafe.Add(ref b, i) - upper, weight, upper);
        }
    }

    /// <summary>destination[i] = sum over k of row k's byte i * weights[k].</summary>
    /// <param name="rows">From the first row on.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="length">Bytes in a row.</param>
    /// <param name="weights">One for each row.</param>
    /// <param name="destination">At least <paramref name="length"/> long.</param>
    public static void Sum(ReadOnlySpan<byte> rows, int stride, int length, ReadOnlySpan<float> weights, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, (weights.Length - 1) * stride + length);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, length);
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                var sum = Vector512<float>.Zero;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum = Vector512.MultiplyAddEstimate(ToSingle512(Vector128.LoadUnsafe(ref source, (nuint)(k * stride + i))), Vector512.Create(weights[k]), sum);
                }

                sum.StoreUnsafe(ref d, (nuint)i);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= length - Vector64<byte>.Count; i += Vector64<byte>.Count)
            {
                var sum = Vector256<float>.Zero;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum = Vector256.MultiplyAddEstimate(ToSingle256(ref Unsafe.Add(ref source, k * stride + i)), Vector256.Create(weights[k]), sum);
                }

                sum.StoreUnsafe(ref d, (nuint)i);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= length - sizeof(uint); i += sizeof(uint))
            {
                var sum = Vector128<float>.Zero;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum = Vector128.MultiplyAddEstimate(ToSingle128(ref Unsafe.Add(ref source, k * stride + i)), Vector128.Create(weights[k]), sum);
                }

                sum.StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < length; i++)
        {
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum = float.MultiplyAddEstimate(Unsafe.Add(ref source, k * stride + i), weights[k], sum);
            }

            Unsafe.Add(ref d, i) = sum;
        }
    }

    private static Vector512<float> ToSingle512(Vector128<byte> bytes)
    {
        var words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
        return Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words)).AsInt32());
    }

    /// <summary>Eight bytes. Not through Vector64, because an x64 processor has none and each one goes through memory.</summary>
    internal static Vector256<float> ToSingle256(ref byte bytes)
    {
        var packed = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref bytes)).AsByte();
        if (Avx2.IsSupported)
        {
            return Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(packed));
        }

        var words = Vector128.WidenLower(packed);
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32());
    }

    internal static Vector128<float> ToSingle128(ref byte bytes)
    {
        var packed = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref bytes)).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(packed)).AsInt32());
    }
}
