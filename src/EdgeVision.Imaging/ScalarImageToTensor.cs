namespace EdgeVision.Imaging;

/// <summary>What <see cref="ImageToTensor"/> computes, one pixel at a time and as plainly as it can be said: the reference its vectors are tested against.</summary>
internal static class ScalarImageToTensor
{
    public static void Convert(ReadOnlySpan<byte> pixels, ImageLayout layout, YuvColor color, TensorSpec spec, Span<float> destination)
    {
        var plan = new ResizePlan(layout, spec);
        var axes = Axes.Of(plan);
        for (var channel = 0; channel < spec.ChannelCount; channel++)
        {
            for (var y = 0; y < spec.Height; y++)
            {
                for (var x = 0; x < spec.Width; x++)
                {
                    var (column, row) = (x - plan.Left, y - plan.Top);
                    var inside = column >= 0 && row >= 0 && column < plan.Width && row < plan.Height;
                    var value = inside ? Channel(Pixel(pixels, layout, axes, color, column, row), spec.Channels, channel) : spec.Padding;
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

    private static (float Blue, float Green, float Red) Pixel(ReadOnlySpan<byte> pixels, ImageLayout layout, Axes axes, YuvColor color, int x, int y)
    {
        var stride = layout.Stride;
        var planes = stride * layout.Height;
        switch (layout.Format)
        {
            case PixelFormat.Gray8:
                var gray = Sample(pixels, 0, 1, stride, axes.Columns[x], axes.Rows[y]);
                return (gray, gray, gray);
            case PixelFormat.Bgr24:
            case PixelFormat.Rgb24:
                var first = Sample(pixels, 0, 3, stride, axes.Columns[x], axes.Rows[y]);
                var green = Sample(pixels, 1, 3, stride, axes.Columns[x], axes.Rows[y]);
                var third = Sample(pixels, 2, 3, stride, axes.Columns[x], axes.Rows[y]);
                return layout.Format == PixelFormat.Bgr24 ? (first, green, third) : (third, green, first);
        }

        var (luma, u, v) = layout.Format switch
        {
            PixelFormat.Nv12 => ((0, 1), (planes, 2, stride), (planes + 1, 2, stride)),
            PixelFormat.I420 => ((0, 1), (planes, 1, stride / 2), (planes + stride / 2 * (layout.Height / 2), 1, stride / 2)),
            _ => ((Offset: 0, Step: 2), (Offset: 1, Step: 4, Stride: stride), (Offset: 3, Step: 4, Stride: stride)),
        };
        return YuvToBgr.Pixel(
            Sample(pixels, luma.Item1, luma.Item2, stride, axes.Columns[x], axes.Rows[y]),
            Sample(pixels, u.Item1, u.Item2, u.Item3, axes.ChromaColumns[x], axes.ChromaRows[y]),
            Sample(pixels, v.Item1, v.Item2, v.Item3, axes.ChromaColumns[x], axes.ChromaRows[y]),
            YuvMatrix.For(color));
    }

    private static float Sample(ReadOnlySpan<byte> pixels, int offset, int step, int stride, Tap[] columns, Tap[] rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                sum += (double)row.Weight * column.Weight * pixels[offset + row.Index * stride + column.Index * step];
            }
        }

        return (float)sum;
    }

    /// <summary>One source pixel's part in an output pixel.</summary>
    private readonly record struct Tap(int Index, float Weight);

    /// <summary>The source pixels of each output column and row.</summary>
    private sealed record Axes(Tap[][] Columns, Tap[][] Rows, Tap[][] ChromaColumns, Tap[][] ChromaRows)
    {
        public static Axes Of(ResizePlan plan)
        {
            var chromaWidth = ResizePlan.IsYuv(plan.Layout.Format) ? 2 : 1;
            var chromaHeight = plan.Layout.Format is PixelFormat.Nv12 or PixelFormat.I420 ? 2 : 1;
            return plan.IsFiltered
                ? new Axes(Taps(plan.ColumnFilter()), Taps(plan.RowFilter()), Taps(plan.ColumnFilter(chromaWidth)), Taps(plan.RowFilter(chromaHeight)))
                : new Axes(Taps(plan.Columns), Taps(plan.Rows), Taps(plan.ChromaColumns ?? plan.Columns), Taps(plan.ChromaRows ?? plan.Rows));
        }

        private static Tap[][] Taps(ResizeAxis axis) =>
            [.. axis.Index.Zip(axis.Weight, (index, weight) => weight == 0 ? new Tap[] { new(index, 1) } : [new(index, 1 - weight), new(index + 1, weight)])];

        private static Tap[][] Taps(ResizeFilter filter) =>
            [.. filter.Index.Select((index, i) => filter.WeightsOf(i).ToArray().Select((weight, k) => new Tap(index + k, weight)).ToArray())];
    }
}
