namespace EdgeVision.Imaging;

/// <summary>A frame of any pixel format to the input tensor of a model: resize, colour and normalisation in one pass over the output.</summary>
/// <remarks>
/// In: a <see cref="Frame"/>. Out: NCHW, batch 1, <see cref="TensorSpec.Length"/> values in the caller's span, and how the picture lies in it.
/// Bilinear with half-pixel centres and clamped edges (OpenCV's INTER_LINEAR; with <see cref="TensorSpec.Antialias"/> Pillow's), computed in floats and not rounded in between; YUV is interpolated first and
/// turned into colour afterwards, its chroma taken to lie between its pixels. A picture of the input's own size passes unchanged.
/// Example: 640x352 BGR into 416x416 letterboxed at 114: rows 0 to 227 hold the picture, rows 228 to 415 are 114; the result's scale is 0.65.
/// Made once for a model; holds the tables of the last geometry it saw and allocates only when that changes. One thread at a time.
/// </remarks>
public sealed class ImageToTensor
{
    private readonly float[] _scale;
    private readonly float[] _offset;
    private ResizePlan? _plan;
    private RowResizer? _resizer;
    private float[] _scratch = [];

    public ImageToTensor(TensorSpec spec)
    {
        if (spec.Mean.Count < spec.ChannelCount || spec.Std.Count < spec.ChannelCount || spec.Std.Contains(0))
        {
            throw new ArgumentException($"{spec.ChannelCount} means and as many standard deviations other than 0 are needed.", nameof(spec));
        }

        Spec = spec;
        _scale = [.. spec.Std.Select(std => 1 / std)];
        _offset = [.. spec.Mean.Zip(spec.Std, (mean, std) => -mean / std)];
    }

    public TensorSpec Spec { get; }

    /// <summary>Writes the tensor (NCHW, <see cref="TensorSpec.Length"/> values).</summary>
    /// <returns>How the picture lies in the input, to project boxes back.</returns>
    public Letterbox Convert(Frame frame, Span<float> destination) => Convert(frame.Layout, frame.Pixels, frame.Color, destination);

    /// <summary>The same for pixels that lie in no frame: <see cref="ImageLayout.SizeInBytes"/> bytes.</summary>
    /// <param name="color">Only read for the YUV formats.</param>
    public Letterbox Convert(ImageLayout layout, ReadOnlySpan<byte> pixels, YuvColor color, Span<float> destination)
    {
        var plan = PlanFor(layout);
        destination = destination[..Spec.Length];
        for (var y = 0; y < plan.Height; y++)
        {
            var row = RowOf(plan, destination, y);
            _resizer!.Resize(pixels, color, y, row);
            for (var channel = 0; channel < Spec.ChannelCount; channel++)
            {
                RowNormalizer.Write(Plane(row, channel), _scale[channel], _offset[channel], destination.Slice(At(channel, plan.Top + y, plan.Left), plan.Width));
            }
        }

        for (var channel = 0; channel < Spec.ChannelCount; channel++)
        {
            Pad(plan, channel, destination, Spec.Padding * _scale[channel] + _offset[channel]);
        }

        return plan.Letterbox;
    }

    /// <summary>The same for a model with uint8 input: pixels rounded to the nearest, mean and standard deviation not applied.</summary>
    public Letterbox Convert(Frame frame, Span<byte> destination)
    {
        var plan = PlanFor(frame.Layout);
        destination = destination[..Spec.Length];
        ReadOnlySpan<byte> pixels = frame.Pixels;
        for (var y = 0; y < plan.Height; y++)
        {
            var row = new PixelRow(_scratch);
            _resizer!.Resize(pixels, frame.Color, y, row);
            for (var channel = 0; channel < Spec.ChannelCount; channel++)
            {
                RowNormalizer.Write(Plane(row, channel), destination.Slice(At(channel, plan.Top + y, plan.Left), plan.Width));
            }
        }

        for (var channel = 0; channel < Spec.ChannelCount; channel++)
        {
            Pad(plan, channel, destination, Spec.Padding);
        }

        return plan.Letterbox;
    }

    private int At(int channel, int y, int x) => (channel * Spec.Height + y) * Spec.Width + x;

    /// <summary>Where a row is computed: in the tensor itself, because a row less to copy is a tenth of the time; grey needs all three planes first.</summary>
    private PixelRow RowOf(ResizePlan plan, Span<float> destination, int y)
    {
        if (Spec.Channels == ChannelOrder.Gray)
        {
            return new PixelRow(_scratch);
        }

        var (blue, red) = Spec.Channels == ChannelOrder.Bgr ? (0, 2) : (2, 0);
        var (row, left, width) = (plan.Top + y, plan.Left, plan.Width);
        return new PixelRow(
            destination.Slice(At(blue, row, left), width), destination.Slice(At(1, row, left), width), destination.Slice(At(red, row, left), width));
    }

    private Span<float> Plane(PixelRow row, int channel)
    {
        if (Spec.Channels == ChannelOrder.Gray)
        {
            RowNormalizer.ToGray(row);
            return row.Blue;
        }

        var blueFirst = Spec.Channels == ChannelOrder.Bgr ? channel : 2 - channel;
        return blueFirst switch { 0 => row.Blue, 1 => row.Green, _ => row.Red };
    }

    private void Pad<T>(ResizePlan plan, int channel, Span<T> destination, T value)
    {
        destination[At(channel, 0, 0)..At(channel, plan.Top, 0)].Fill(value);
        destination[At(channel, plan.Top + plan.Height, 0)..At(channel + 1, 0, 0)].Fill(value);
        if (plan.Width == Spec.Width)
        {
            return;
        }

        for (var y = plan.Top; y < plan.Top + plan.Height; y++)
        {
            destination.Slice(At(channel, y, 0), plan.Left).Fill(value);
            destination[At(channel, y, plan.Left + plan.Width)..At(channel, y + 1, 0)].Fill(value);
        }
    }

    private ResizePlan PlanFor(ImageLayout layout)
    {
        if (_plan is null || _plan.Layout != layout)
        {
            _plan = new ResizePlan(layout, Spec);
            _resizer = new RowResizer(_plan);
            _scratch = new float[_plan.Width * 3];
        }

        return _plan;
    }
}
