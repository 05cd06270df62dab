using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Brings a picture to the size at which the device's own <see cref="ImageToTensor"/> would lay it into the input, rounded to bytes.</summary>
/// <remarks>
/// What is learned from then differs from what the device computes by half a grey level at most, and takes as little memory as it can. Example: 1280x720 for an input of 416x416, letterboxed, is 416x234.
/// A picture that has its size already is kept bit by bit. One thread.
/// </remarks>
internal sealed class WorkingResizer(TensorSpec spec)
{
    private ImageToTensor? _resize;
    private byte[] _planes = [];

    public WorkingPicture Resize(Frame frame, byte[]? mask, IReadOnlyList<VersionBox> boxes)
    {
        var (width, height) = SizeOf(frame.Width, frame.Height, spec);
        var (scaleX, scaleY) = ((float)width / frame.Width, (float)height / frame.Height);
        return new WorkingPicture(width, height, spec.ChannelCount, Pixels(frame, width, height), mask is null ? null : Nearest(mask, frame.Width, frame.Height, width, height),
            [.. boxes.Select(box => box with { X1 = box.X1 * scaleX, Y1 = box.Y1 * scaleY, X2 = box.X2 * scaleX, Y2 = box.Y2 * scaleY })]);
    }

    /// <summary>Pixels that the whole picture takes in the input.</summary>
    public static (int Width, int Height) SizeOf(int width, int height, TensorSpec spec)
    {
        var fit = Letterbox.Fit(width, height, spec);
        if (spec.Resize == ResizeMode.CentreCrop)
        {
            return (Math.Max(1, (int)MathF.Round(width * fit.ScaleX)), Math.Max(1, (int)MathF.Round(height * fit.ScaleY)));
        }

        // Once more, because 640 * (416 / 640f) may be cut to 415 and would then be stretched by a pixel on its way into the tensor.
        var again = Letterbox.Fit(fit.UsedWidth, fit.UsedHeight, spec);
        return (again.UsedWidth, again.UsedHeight);
    }

    private byte[] Pixels(Frame frame, int width, int height)
    {
        var isGrey = spec.Channels == ChannelOrder.Gray;
        if ((frame.Width, frame.Height) == (width, height) && frame.Layout.Stride == frame.Layout.RowBytes && frame.Layout.Format == (isGrey ? PixelFormat.Gray8 : PixelFormat.Bgr24))
        {
            return frame.Pixels.ToArray();
        }

        var planar = new TensorSpec { Width = width, Height = height, Channels = isGrey ? ChannelOrder.Gray : ChannelOrder.Bgr, Type = TensorType.UInt8, Resize = ResizeMode.Stretch, Antialias = spec.Antialias };
        _resize = _resize?.Spec == planar ? _resize : new ImageToTensor(planar);
        _planes = _planes.Length >= planar.Length ? _planes : new byte[planar.Length];
        _resize.Convert(frame, _planes.AsSpan());
        return isGrey ? _planes[..planar.Length] : Packed(_planes, width * height);
    }

    private static byte[] Packed(ReadOnlySpan<byte> planes, int count)
    {
        var pixels = new byte[3 * count];
        for (var i = 0; i < count; i++)
        {
            pixels[3 * i] = planes[i];
            pixels[3 * i + 1] = planes[count + i];
            pixels[3 * i + 2] = planes[2 * count + i];
        }

        return pixels;
    }

    private static byte[] Nearest(byte[] mask, int fromWidth, int fromHeight, int width, int height)
    {
        var small = new byte[width * height];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = mask[(2 * (i / width) + 1) * fromHeight / (2 * height) * fromWidth + (2 * (i % width) + 1) * fromWidth / (2 * width)];
        }

        return small;
    }
}
