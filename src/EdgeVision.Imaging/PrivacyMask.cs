namespace EdgeVision.Imaging;

/// <summary>Blacks out areas of a frame in place, so that behind this point nobody can see, store or send them.</summary>
/// <remarks>
/// Every pixel that the area touches is black, and so is the colour of every chroma block that it touches: rather one pixel too many than one that shows.
/// Which pixels those are is worked out once for each size and format; from then on a frame costs its black bytes and 0 bytes allocated.
/// Example: [0.25, 0.25, 0.5, 0.25, 0.5, 0.5, 0.25, 0.5] of an 8x8 picture is pixels 2 and 3 of rows 2 and 3. One thread at a time.
/// </remarks>
public sealed class PrivacyMask(IReadOnlyList<Polygon> areas)
{
    private const byte Black = 0, Colourless = 128;
    private MaskedRows? _rows;

    public void Apply(Frame frame)
    {
        if (areas.Count == 0)
        {
            return;
        }

        if (_rows is null || (_rows.Width, _rows.Height) != (frame.Width, frame.Height))
        {
            _rows = MaskedRows.Of(areas, frame.Width, frame.Height);
        }

        var layout = frame.Layout;
        var pixels = frame.Pixels;
        switch (layout.Format)
        {
            case PixelFormat.Bgr24 or PixelFormat.Rgb24:
                Fill(pixels, _rows.Pixels, layout.Stride, 3, Black);
                break;
            case PixelFormat.Gray8:
                Fill(pixels, _rows.Pixels, layout.Stride, 1, Black);
                break;
            case PixelFormat.Nv12:
                Fill(pixels, _rows.Pixels, layout.Stride, 1, Black);
                Fill(pixels[(layout.Stride * layout.Height)..], _rows.Blocks, layout.Stride, 2, Colourless);
                break;
            case PixelFormat.I420:
                Fill(pixels, _rows.Pixels, layout.Stride, 1, Black);
                FillPlanarChroma(pixels[(layout.Stride * layout.Height)..], layout);
                break;
            case PixelFormat.Yuyv:
                FillYuyv(pixels, layout.Stride);
                break;
        }
    }

    private static void Fill(Span<byte> plane, PixelRange[][] rows, int stride, int bytes, byte value)
    {
        for (var y = 0; y < rows.Length; y++)
        {
            foreach (var range in rows[y])
            {
                plane.Slice(y * stride + range.First * bytes, range.Count * bytes).Fill(value);
            }
        }
    }

    private void FillPlanarChroma(Span<byte> planes, ImageLayout layout)
    {
        var half = layout.Stride / 2;
        Fill(planes, _rows!.Blocks, half, 1, Colourless);
        Fill(planes[(half * (layout.Height / 2))..], _rows.Blocks, half, 1, Colourless);
    }

    /// <summary>Y0 U Y1 V: the colour belongs to both pixels, so it goes when either is masked.</summary>
    private void FillYuyv(Span<byte> pixels, int stride)
    {
        for (var y = 0; y < _rows!.Pixels.Length; y++)
        {
            var row = pixels[(y * stride)..];
            foreach (var range in _rows.Pixels[y])
            {
                for (var x = range.First; x < range.First + range.Count; x++)
                {
                    (row[2 * x], row[4 * (x / 2) + 1], row[4 * (x / 2) + 3]) = (Black, Colourless, Colourless);
                }
            }
        }
    }
}
