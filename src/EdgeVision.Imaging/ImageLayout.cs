namespace EdgeVision.Imaging;

/// <summary>The geometry of one picture in memory: size, pixel format and distance between rows.</summary>
/// <remarks>
/// Example: 640x352 NV12 without padding has stride 640 and 640 * 352 * 3 / 2 = 337 920 bytes; its UV plane starts at byte 225 280.
/// Immutable, any thread.
/// </remarks>
public readonly record struct ImageLayout
{
    /// <param name="format">The pixel format.</param>
    /// <param name="width">Pixels, 1 to 16 384; even for the YUV formats.</param>
    /// <param name="height">Pixels, 1 to 16 384; even for NV12 and I420.</param>
    /// <param name="stride">Bytes from one row of the first plane to the next; 0 takes the smallest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the stride does not fit the format.</exception>
    public ImageLayout(PixelFormat format, int width, int height, int stride = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        var evenWidth = format is PixelFormat.Nv12 or PixelFormat.I420 or PixelFormat.Yuyv;
        var evenHeight = format is PixelFormat.Nv12 or PixelFormat.I420;
        if ((evenWidth && width % 2 != 0) || (evenHeight && height % 2 != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(width), $"{format} needs even sides, not {width}x{height}.");
        }

        var rowBytes = RowBytesOf(format, width);
        Format = format;
        Width = width;
        Height = height;
        Stride = stride == 0 ? rowBytes : stride;
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, rowBytes, nameof(stride));
        if (format == PixelFormat.I420 && Stride % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(stride), $"I420 needs an even stride, not {Stride}.");
        }
    }

    /// <summary>The longest side of any picture this product accepts.</summary>
    public const int MaxSide = 16_384;

    public PixelFormat Format { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from one row of the first plane to the next.</summary>
    public int Stride { get; }

    /// <summary>Bytes of pixels in one row of the first plane, without padding.</summary>
    public int RowBytes => RowBytesOf(Format, Width);

    /// <summary>Bytes of the whole picture, all planes and paddings.</summary>
    public int SizeInBytes => Format is PixelFormat.Nv12 or PixelFormat.I420
        ? Stride * Height + Stride * (Height / 2)
        : Stride * Height;

    private static int RowBytesOf(PixelFormat format, int width) => format switch
    {
        PixelFormat.Bgr24 or PixelFormat.Rgb24 => width * 3,
        PixelFormat.Yuyv => width * 2,
        _ => width,
    };
}
