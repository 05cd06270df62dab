using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeVision.Imaging;

/// <summary>The horizontal half of shrinking without aliasing: sums the pixels that a <see cref="ResizeFilter"/> names and lays the channels apart.</summary>
/// <remarks>Rows hold zeros beyond their pixels, a filter's stride and one vector long, because whole vectors are read. No allocation, any thread.</remarks>
internal static class ColumnFilter
{
    /// <summary>Interleaved three channels to three planes, four pixels at a time.</summary>
    public static void SumThree(ReadOnlySpan<float> row, ResizeFilter filter, Span<float> first, Span<float> second, Span<float> third)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        var count = filter.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var a = PixelThree(ref r, filter, i);
            var b = PixelThree(ref r, filter, i + 1);
            var c = PixelThree(ref r, filter, i + 2);
            var d = PixelThree(ref r, filter, i + 3);
            ColumnSampler.Transpose(ref a, ref b, ref c, ref d);
            a.StoreUnsafe(ref MemoryMarshal.GetReference(first), (nuint)i);
            b.StoreUnsafe(ref MemoryMarshal.GetReference(second), (nuint)i);
            c.StoreUnsafe(ref MemoryMarshal.GetReference(third), (nuint)i);
        }

        for (; i < count; i++)
        {
            var pixel = PixelThree(ref r, filter, i);
            (first[i], second[i], third[i]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>Interleaved two channels (a row of U, V) to two planes.</summary>
    public static void SumTwo(ReadOnlySpan<float> row, ResizeFilter filter, Span<float> first, Span<float> second)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        for (var i = 0; i < filter.Index.Length; i++)
        {
            var pairs = PixelTwo(ref r, filter, i);
            first[i] = pairs[0] + pairs[2];
            second[i] = pairs[1] + pairs[3];
        }
    }

    /// <summary>One channel to one plane, four pixels at a time.</summary>
    public static void SumOne(ReadOnlySpan<float> row, ResizeFilter filter, Span<float> plane)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        var count = filter.Index.Length;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var a = PixelOne(ref r, filter, i);
            var b = PixelOne(ref r, filter, i + 1);
            var c = PixelOne(ref r, filter, i + 2);
            var d = PixelOne(ref r, filter, i + 3);
            ColumnSampler.Transpose(ref a, ref b, ref c, ref d);
            (a + b + (c + d)).StoreUnsafe(ref MemoryMarshal.GetReference(plane), (nuint)i);
        }

        for (; i < count; i++)
        {
            plane[i] = Vector128.Sum(PixelOne(ref r, filter, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PixelThree(ref float row, ResizeFilter filter, int i)
    {
        ref var at = ref Unsafe.Add(ref row, filter.Index[i] * 3);
        var sum = Vector128<float>.Zero;
        foreach (var weight in filter.WeightsOf(i))
        {
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref at), Vector128.Create(weight), sum);
            at = ref Unsafe.Add(ref at, 3);
        }

        return sum;
    }

    /// <summary>(u, v, u, v), to be added across.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PixelTwo(ref float row, ResizeFilter filter, int i)
    {
        ref var at = ref Unsafe.Add(ref row, filter.Index[i] * 2);
        ref var weights = ref filter.Weights[i * filter.Stride];
        var sum = Vector128<float>.Zero;
        for (var k = 0; k < filter.Count[i]; k += 2)
        {
            var (left, right) = (Unsafe.Add(ref weights, k), Unsafe.Add(ref weights, k + 1));
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref at, (nuint)(2 * k)), Vector128.Create(left, left, right, right), sum);
        }

        return sum;
    }

    /// <summary>Four partial sums, to be added across.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PixelOne(ref float row, ResizeFilter filter, int i)
    {
        ref var at = ref Unsafe.Add(ref row, filter.Index[i]);
        ref var weights = ref filter.Weights[i * filter.Stride];
        var sum = Vector128<float>.Zero;
        for (var k = 0; k < filter.Stride; k += Vector128<float>.Count)
        {
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref at, (nuint)k), Vector128.LoadUnsafe(ref weights, (nuint)k), sum);
        }

        return sum;
    }
}
