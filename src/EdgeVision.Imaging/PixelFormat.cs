namespace EdgeVision.Imaging;

/// <summary>How the bytes of a frame lie in memory. Widths and heights of the YUV formats are even.</summary>
public enum PixelFormat : byte
{
    /// <summary>Packed, 3 bytes a pixel: blue, green, red.</summary>
    Bgr24,

    /// <summary>Packed, 3 bytes a pixel: red, green, blue.</summary>
    Rgb24,

    /// <summary>One byte a pixel.</summary>
    Gray8,

    /// <summary>A full plane of Y, then one plane of interleaved U, V at half width and half height, with the same stride.</summary>
    Nv12,

    /// <summary>A full plane of Y, then U, then V, each at half width and half height with half the stride.</summary>
    I420,

    /// <summary>Packed 4:2:2, 4 bytes for two pixels: Y0 U Y1 V.</summary>
    Yuyv,
}
