using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeVision.Imaging;

/// <summary>One row of Y (in the green plane), U (blue plane) and V (red plane) to blue, green, red in place, clamped to 0..255.</summary>
internal static class YuvToBgr
{
    public static void Convert(PixelRow row, YuvMatrix matrix)
    {
        var blue = MemoryMarshal.Cast<float, Vector<float>>(row.Blue);
        var green = MemoryMarshal.Cast<float, Vector<float>>(row.Green);
        var red = MemoryMarshal.Cast<float, Vector<float>>(row.Red);
        var (middle, floor, ceiling) = (new Vector<float>(128), Vector<float>.Zero, new Vector<float>(255));
        for (var i = 0; i < blue.Length; i++)
        {
            var y = (green[i] - new Vector<float>(matrix.LumaOffset)) * matrix.LumaScale;
            var u = blue[i] - middle;
            var v = red[i] - middle;
            blue[i] = Vector.Min(Vector.Max(y + u * matrix.BlueU, floor), ceiling);
            green[i] = Vector.Min(Vector.Max(y + u * matrix.GreenU + v * matrix.GreenV, floor), ceiling);
            red[i] = Vector.Min(Vector.Max(y + v * matrix.RedV, floor), ceiling);
        }

        for (var i = blue.Length * Vector<float>.Count; i < row.Width; i++)
        {
            (row.Blue[i], row.Green[i], row.Red[i]) = Pixel(row.Green[i], row.Blue[i], row.Red[i], matrix);
        }
    }

    /// <summary>One pixel, 0 to 255 each.</summary>
    public static (float Blue, float Green, float Red) Pixel(float luma, float chromaU, float chromaV, YuvMatrix matrix)
    {
        var y = (luma - matrix.LumaOffset) * matrix.LumaScale;
        var (u, v) = (chromaU - 128, chromaV - 128);
        return (
            Math.Clamp(y + u * matrix.BlueU, 0, 255),
            Math.Clamp(y + u * matrix.GreenU + v * matrix.GreenV, 0, 255),
            Math.Clamp(y + v * matrix.RedV, 0, 255));
    }
}
