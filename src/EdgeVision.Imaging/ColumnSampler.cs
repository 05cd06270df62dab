using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeVision.Imaging;

/// <summary>The horizontal half of bilinear resizing: picks pixel pairs out of a blended row and lays the channels apart, four pixels at a time.</summary>
/// <remarks>
/// Rows come from <see cref="RowBlender"/>; they are longer than their pixels by <see cref="Slack"/> floats, because a pair at the right edge is
/// read as a whole vector. No allocation, any thread.
/// </remarks>
internal static class ColumnSampler
{
    /// <summary>Floats that a row buffer must hold beyond its last pixel.</summary>
    public const int Slack = 8;

    /// <summary>Interleaved three channels (a row of BGR or RGB) to three planes.</summary>
    public static void SampleThree(ReadOnlySpan<float> row, ResizeAxis axis, Span<float> first, Span<float> second, Span<float> third)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        var count = axis.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var a = PixelThree(ref r, axis, i);
            var b = PixelThree(ref r, axis, i + 1);
            var c = PixelThree(ref r, axis, i + 2);
            var d = PixelThree(ref r, axis, i + 3);
            Transpose(ref a, ref b, ref c, ref d);
            a.StoreUnsafe(ref MemoryMarshal.GetReference(first), (nuint)i);
            b.StoreUnsafe(ref MemoryMarshal.GetReference(second), (nuint)i);
            c.StoreUnsafe(ref MemoryMarshal.GetReference(third), (nuint)i);
        }

        for (; i < count; i++)
        {
            var pixel = PixelThree(ref r, axis, i);
            (first[i], second[i], third[i]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>One channel to one plane.</summary>
    public static void SampleOne(ReadOnlySpan<float> row, ResizeAxis axis, Span<float> plane)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        ref var p = ref MemoryMarshal.GetReference(plane);
        var count = axis.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            PairsOne(ref r, axis, i).StoreUnsafe(ref p, (nuint)i);
        }

        for (; i < count; i++)
        {
            var at = axis.Index[i];
            plane[i] = float.MultiplyAddEstimate(row[at + 1] - row[at], axis.Weight[i], row[at]);
        }
    }

    /// <summary>Interleaved two channels (a row of U, V) to two planes.</summary>
    public static void SampleTwo(ReadOnlySpan<float> row, ResizeAxis axis, Span<float> first, Span<float> second)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        var count = axis.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            // each load is u0 v0 u1 v1 of one output pixel
            ref var index = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(axis.Index), i);
            var a = Vector128.LoadUnsafe(ref r, (nuint)(index * 2));
            var b = Vector128.LoadUnsafe(ref r, (nuint)(Unsafe.Add(ref index, 1) * 2));
            var c = Vector128.LoadUnsafe(ref r, (nuint)(Unsafe.Add(ref index, 2) * 2));
            var d = Vector128.LoadUnsafe(ref r, (nuint)(Unsafe.Add(ref index, 3) * 2));
            Transpose(ref a, ref b, ref c, ref d);
            var weights = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(axis.Weight), (nuint)i);
            Vector128.MultiplyAddEstimate(c - a, weights, a).StoreUnsafe(ref MemoryMarshal.GetReference(first), (nuint)i);
            Vector128.MultiplyAddEstimate(d - b, weights, b).StoreUnsafe(ref MemoryMarshal.GetReference(second), (nuint)i);
        }

        for (; i < count; i++)
        {
            var at = axis.Index[i] * 2;
            first[i] = float.MultiplyAddEstimate(row[at + 2] - row[at], axis.Weight[i], row[at]);
            second[i] = float.MultiplyAddEstimate(row[at + 3] - row[at + 1], axis.Weight[i], row[at + 1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PixelThree(ref float row, ResizeAxis axis, int i)
    {
        var at = (nuint)(axis.Index[i] * 3);
        var left = Vector128.LoadUnsafe(ref row, at);
        var right = Vector128.LoadUnsafe(ref row, at + 3);
        return Vector128.MultiplyAddEstimate(right - left, Vector128.Create(axis.Weight[i]), left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PairsOne(ref float row, ResizeAxis axis, int i)
    {
        ref var index = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(axis.Index), i);
        var ab = Vector128.Create(Pair(ref row, index), Pair(ref row, Unsafe.Add(ref index, 1))).AsSingle();
        var cd = Vector128.Create(Pair(ref row, Unsafe.Add(ref index, 2)), Pair(ref row, Unsafe.Add(ref index, 3))).AsSingle();
        var (left, right) = Unzip(ab, cd);
        return Vector128.MultiplyAddEstimate(right - left, Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(axis.Weight), (nuint)i), left);
    }

    /// <summary>Two neighbouring floats as they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Pair(ref float row, int at) => Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref row, at)));

    /// <summary>The even and the odd elements of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Even, Vector128<float> Odd) Unzip(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            return (Sse.Shuffle(a, b, 0b10_00_10_00), Sse.Shuffle(a, b, 0b11_01_11_01));
        }

        return AdvSimd.Arm64.IsSupported
            ? (AdvSimd.Arm64.UnzipEven(a, b), AdvSimd.Arm64.UnzipOdd(a, b))
            : (Vector128.Create(a[0], a[2], b[0], b[2]), Vector128.Create(a[1], a[3], b[1], b[3]));
    }

    /// <summary>Rows to columns of a 4x4 matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        var ab = Zip(a, b);
        var cd = Zip(c, d);
        a = Vector128.Create(ab.Lower.GetLower(), cd.Lower.GetLower());
        b = Vector128.Create(ab.Lower.GetUpper(), cd.Lower.GetUpper());
        c = Vector128.Create(ab.Upper.GetLower(), cd.Upper.GetLower());
        d = Vector128.Create(ab.Upper.GetUpper(), cd.Upper.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Lower, Vector128<float> Upper) Zip(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            return (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        }

        return AdvSimd.Arm64.IsSupported
            ? (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b))
            : (Vector128.Create(a[0], b[0], a[1], b[1]), Vector128.Create(a[2], b[2], a[3], b[3]));
    }
}
