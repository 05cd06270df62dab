using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeVision.Imaging;

/// <summary>Bilinear resizing of interleaved three-channel rows straight from their bytes: only the pixels that are needed are touched.</summary>
/// <remarks>
/// Better than blending whole rows first when a picture is shrunk, because most of a blended row would not be looked at. A pixel and its right neighbour
/// are one load of 8 bytes, so both rows must be readable <see cref="Slack"/> bytes beyond their pixels. No allocation, any thread.
/// </remarks>
internal static class PairSampler
{
    public const int Slack = 2;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <param name="top">First byte of the upper row.</param>
    /// <param name="bottom">First byte of the lower row.</param>
    /// <param name="weight">Of the lower row.</param>
    /// <param name="axis">The columns.</param>
    /// <param name="first">Receives the first channel.</param>
    /// <param name="second">Receives the second.</param>
    /// <param name="third">Receives the third.</param>
    public static void Sample(ref byte top, ref byte bottom, float weight, ResizeAxis axis, Span<float> first, Span<float> second, Span<float> third)
    {
        ref var index = ref MemoryMarshal.GetArrayDataReference(axis.Index);
        ref var columns = ref MemoryMarshal.GetArrayDataReference(axis.Weight);
        ref var f = ref MemoryMarshal.GetReference(first);
        ref var s = ref MemoryMarshal.GetReference(second);
        ref var t = ref MemoryMarshal.GetReference(third);
        var count = axis.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var a = Pixel(ref top, ref bottom, weight, ref index, ref columns, i);
            var b = Pixel(ref top, ref bottom, weight, ref index, ref columns, i + 1);
            var c = Pixel(ref top, ref bottom, weight, ref index, ref columns, i + 2);
            var d = Pixel(ref top, ref bottom, weight, ref index, ref columns, i + 3);
            ColumnSampler.Transpose(ref a, ref b, ref c, ref d);
            a.StoreUnsafe(ref f, (nuint)i);
            b.StoreUnsafe(ref s, (nuint)i);
            c.StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < count; i++)
        {
            var pixel = Pixel(ref top, ref bottom, weight, ref index, ref columns, i);
            (first[i], second[i], third[i]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pixel(ref byte top, ref byte bottom, float weight, ref int index, ref float columns, int i)
    {
        var at = (nint)Unsafe.Add(ref index, i) * 3;
        var (left, right) = Vector256.IsHardwareAccelerated && Avx2.IsSupported
            ? Pair256(ref Unsafe.Add(ref top, at), ref Unsafe.Add(ref bottom, at), weight)
            : Pair128(ref Unsafe.Add(ref top, at), ref Unsafe.Add(ref bottom, at), weight);
        return Vector128.MultiplyAddEstimate(right - left, Vector128.Create(Unsafe.Add(ref columns, i)), left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Left, Vector128<float> Right) Pair256(ref byte top, ref byte bottom, float weight)
    {
        var upper = RowBlender.ToSingle256(ref top);
        var pair = Vector256.MultiplyAddEstimate(RowBlender.ToSingle256(ref bottom) - upper, Vector256.Create(weight), upper);
        // left pixel in elements 0 to 2, right pixel in 3 to 5
        return (pair.GetLower(), Avx2.PermuteVar8x32(pair, Vector256.Create(3, 4, 5, 6, 0, 0, 0, 0)).GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Left, Vector128<float> Right) Pair128(ref byte top, ref byte bottom, float weight)
    {
        var rows = Vector128.Create(weight);
        var (left, right) = (RowBlender.ToSingle128(ref top), RowBlender.ToSingle128(ref Unsafe.Add(ref top, 3)));
        return (
            Vector128.MultiplyAddEstimate(RowBlender.ToSingle128(ref bottom) - left, rows, left),
            Vector128.MultiplyAddEstimate(RowBlender.ToSingle128(ref Unsafe.Add(ref bottom, 3)) - right, rows, right));
    }
}
