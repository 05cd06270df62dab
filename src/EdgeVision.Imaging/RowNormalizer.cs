using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVision.Imaging;

/// <summary>Pixel values to tensor values: (pixel - mean) / std as one multiplication and one addition, or rounded to a byte.</summary>
internal static class RowNormalizer
{
    /// <summary>In place where both are the same memory.</summary>
    public static void Write(ReadOnlySpan<float> pixels, float scale, float offset, Span<float> destination)
    {
        if (scale == 1 && offset == 0)
        {
            CopyUnlessSame(pixels, destination);
            return;
        }

        var from = MemoryMarshal.Cast<float, Vector<float>>(pixels);
        var to = MemoryMarshal.Cast<float, Vector<float>>(destination);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] * scale + new Vector<float>(offset);
        }

        for (var i = from.Length * Vector<float>.Count; i < pixels.Length; i++)
        {
            destination[i] = pixels[i] * scale + offset;
        }
    }

    private static void CopyUnlessSame(ReadOnlySpan<float> pixels, Span<float> destination)
    {
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(pixels), ref MemoryMarshal.GetReference(destination)))
        {
            pixels.CopyTo(destination);
        }
    }

    public static void Write(ReadOnlySpan<float> pixels, Span<byte> destination)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            destination[i] = (byte)(pixels[i] + 0.5f);
        }
    }

    /// <summary>Luminance (BT.601) into the blue plane.</summary>
    public static void ToGray(PixelRow row)
    {
        var blue = row.Blue;
        var green = row.Green;
        var red = row.Red;
        for (var i = 0; i < blue.Length; i++)
        {
            blue[i] = 0.114f * blue[i] + 0.587f * green[i] + 0.299f * red[i];
        }
    }
}
