namespace EdgeVision.Imaging;

/// <summary>What <see cref="ImageToTensor"/> computes, one pixel at a time and as plainly as it can be said: the reference its vectors are tested against.</summary>
internal static class ScalarImageToTensor
{
    public static void Convert(ReadOnlySpan<byte> pixels, ImageLayout layout, YuvColor color, TensorSpec spec, Span<float> destination)
    {
        var plan = new ResizePlan(layout, spec);
        for (var channel = 0; channel < spec.ChannelCount; channel++)
        {
            for (var y = 0; y < spec.Height; y++)
            {
                for (var x = 0; x < spec.Width; x++)
                {
                    var (column, row) = (x - plan.Left, y - plan.Top);
                    var inside = column >= 0 && row >= 0 && column < plan.Width && row < plan.Height;
                    var value = inside ? Channel(Pixel(pixels, plan, color, column, row), spec.Channels, channel) : spec.Padding;
                    destination[(channel * spec.Height + y) * spec.Width + x] = (value - spec.Mean[channel]) / spec.Std[channel];
                }
            }
        }
    }

    private static float Channel((float Blue, float Green, float Red) pixel, ChannelOrder order, int channel) => (order, channel) switch
    {
        (ChannelOrder.Gray, _) => 0.114f * pixel.Blue + 0.587f * pixel.Green + 0.299f * pixel.Red,
        (_, 1) => pixel.Green,
        (ChannelOrder.Bgr, 0) or (ChannelOrder.Rgb, 2) => pixel.Blue,
        _ => pixel.Red,
    };

    private static (float Blue, float Green, float Red) Pixel(ReadOnlySpan<byte> pixels, ResizePlan plan, YuvColor color, int x, int y)
    {
        var layout = plan.Layout;
        var stride = layout.Stride;
        var planes = stride * layout.Height;
        switch (layout.Format)
        {
            case PixelFormat.Gray8:
                var gray = Sample(pixels, 0, 1, stride, plan.Columns, plan.Rows, x, y);
                return (gray, gray, gray);
            case PixelFormat.Bgr24:
            case PixelFormat.Rgb24:
                var first = Sample(pixels, 0, 3, stride, plan.Columns, plan.Rows, x, y);
                var green = Sample(pixels, 1, 3, stride, plan.Columns, plan.Rows, x, y);
                var third = Sample(pixels, 2, 3, stride, plan.Columns, plan.Rows, x, y);
                return layout.Format == PixelFormat.Bgr24 ? (first, green, third) : (third, green, first);
        }

        var (luma, u, v) = layout.Format switch
        {
            PixelFormat.Nv12 => ((0, 1), (planes, 2, stride), (planes + 1, 2, stride)),
            PixelFormat.I420 => ((0, 1), (planes, 1, stride / 2), (planes + stride / 2 * (layout.Height / 2), 1, stride / 2)),
            _ => ((Offset: 0, Step: 2), (Offset: 1, Step: 4, Stride: stride), (Offset: 3, Step: 4, Stride: stride)),
        };
        return YuvToBgr.Pixel(
            Sample(pixels, luma.Item1, luma.Item2, stride, plan.Columns, plan.Rows, x, y),
            Sample(pixels, u.Item1, u.Item2, u.Item3, plan.ChromaColumns!, plan.ChromaRows!, x, y),
            Sample(pixels, v.Item1, v.Item2, v.Item3, plan.ChromaColumns!, plan.ChromaRows!, x, y),
            YuvMatrix.For(color));
    }

    private static float Sample(ReadOnlySpan<byte> pixels, int offset, int step, int stride, ResizeAxis columns, ResizeAxis rows, int x, int y)
    {
        var at = offset + rows.Index[y] * stride + columns.Index[x] * step;
        var right = columns.Weight[x] == 0 ? 0 : step;
        var below = rows.Weight[y] == 0 ? 0 : stride;
        var top = Mix(pixels[at], pixels[at + right], columns.Weight[x]);
        var bottom = Mix(pixels[at + below], pixels[at + below + right], columns.Weight[x]);
        return Mix(top, bottom, rows.Weight[y]);
    }

    private static float Mix(float a, float b, float weight) => a + (b - a) * weight;
}
