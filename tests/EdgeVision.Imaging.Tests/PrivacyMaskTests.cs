namespace EdgeVision.Imaging.Tests;

/// <summary>What is masked, judged by another definition than the mask's own: points sampled in a pixel, and the outline cut by its square.</summary>
public sealed class PrivacyMaskTests
{
    private const byte Light = 200;

    [Fact]
    public void Apply_SquareOnPixelBorders_MasksExactlyItsPixels()
    {
        var frame = Masked(new ImageLayout(PixelFormat.Gray8, 8, 8), Area(0.25, 0.25, 0.5, 0.25, 0.5, 0.5, 0.25, 0.5));

        for (var i = 0; i < 64; i++)
        {
            var inside = i % 8 is 2 or 3 && i / 8 is 2 or 3;
            Assert.Equal(inside ? 0 : Light, frame.Pixels[i]);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Gray8, 7, 5)]
    [InlineData(PixelFormat.Bgr24, 1, 1)]
    [InlineData(PixelFormat.Rgb24, 33, 3)]
    [InlineData(PixelFormat.Nv12, 2, 2)]
    [InlineData(PixelFormat.I420, 10, 4)]
    [InlineData(PixelFormat.Yuyv, 6, 5)]
    public void Apply_WholePicture_LeavesNothing(PixelFormat format, int width, int height)
    {
        var layout = new ImageLayout(format, width, height);

        var frame = Masked(layout, Area(0, 0, 1, 0, 1, 1, 0, 1));

        Assert.All(frame.Pixels.ToArray(), value => Assert.NotEqual(Light, value));
    }

    [Fact]
    public void Apply_AreaOverTheBorder_IsCutAtThePicture()
    {
        var frame = Masked(new ImageLayout(PixelFormat.Gray8, 4, 4), Area(-3, 0.5, 0.5, 0.5, 0.5, 7, -3, 7));

        Assert.Equal([Light, Light, Light, Light, Light, Light, Light, Light, 0, 0, Light, Light, 0, 0, Light, Light], frame.Pixels.ToArray());
    }

    [Fact]
    public void Apply_LineThinnerThanAPixel_MasksEveryPixelItRunsThrough()
    {
        // 0.1 pixels high in row 2, from the middle of pixel 1 to the middle of pixel 6
        var frame = Masked(new ImageLayout(PixelFormat.Gray8, 8, 8), Area(1.5 / 8, 2.4 / 8, 6.5 / 8, 2.4 / 8, 6.5 / 8, 2.5 / 8));

        Assert.Equal([Light, 0, 0, 0, 0, 0, 0, Light], frame.Pixels.Slice(16, 8).ToArray());
        Assert.Equal(6, frame.Pixels.ToArray().Count(value => value == 0));
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Yuyv)]
    public void Apply_RandomPolygons_EveryPixelTheyTouchIsBlackAndNoOther(PixelFormat format)
    {
        var random = new Random(20261124);
        for (var round = 0; round < 60; round++)
        {
            var even = format is PixelFormat.Nv12 or PixelFormat.I420 or PixelFormat.Yuyv;
            var (width, height) = even ? (2 * random.Next(1, 20), 2 * random.Next(1, 20)) : (random.Next(1, 40), random.Next(1, 40));
            var layout = new ImageLayout(format, width, height, stride: round % 2 == 0 ? 0 : 3 * 40 + 8);
            var area = RandomArea(random);
            var frame = Masked(layout, area);

            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    Check(frame, area, x, y);
                }
            }
        }
    }

    [Fact]
    public void Apply_SecondFrameOfAKind_AllocatesNothing()
    {
        var mask = new PrivacyMask([Area(0.1, 0.1, 0.9, 0.2, 0.5, 0.9), Area(0, 0, 1, 0, 1, 0.05)]);
        var frame = Frame(new ImageLayout(PixelFormat.Nv12, 640, 352));
        mask.Apply(frame);

        Assert.Equal(0, Allocated.Bytes(100, () => mask.Apply(frame)));
    }

    [Fact]
    public void Apply_PictureChangesItsSize_MaskFollows()
    {
        var mask = new PrivacyMask([Area(0, 0.5, 1, 0.5, 1, 1, 0, 1)]);
        mask.Apply(Frame(new ImageLayout(PixelFormat.Gray8, 4, 4)));
        var larger = Frame(new ImageLayout(PixelFormat.Gray8, 4, 8));

        mask.Apply(larger);

        Assert.Equal(16, larger.Pixels.ToArray().Count(value => value == 0));
    }

    private static void Check(Frame frame, Polygon area, int x, int y)
    {
        var isMasked = LumaOf(frame, x, y) == 0;
        var touched = Samples(x, y, frame).Any(point => Winds(area, point.X, point.Y));
        var near = touched || OutlineCuts(area, frame, x, y);
        Assert.True(isMasked || !touched, $"({x}, {y}) of {frame.Layout} shows though [{string.Join(", ", area.Corners)}] touches it");
        Assert.True(!isMasked || near, $"({x}, {y}) of {frame.Layout} is black though [{string.Join(", ", area.Corners)}] does not touch it");
        if (isMasked)
        {
            Assert.All(ChromaOf(frame, x, y), value => Assert.Equal(128, value));
        }
        else if (ChromaOf(frame, x, y).Length > 0 && !BlockOf(frame, x, y).Any(pixel => LumaOf(frame, pixel.X, pixel.Y) == 0))
        {
            Assert.All(ChromaOf(frame, x, y), value => Assert.Equal(Light, value));
        }
    }

    private static byte LumaOf(Frame frame, int x, int y) => frame.Pixels[y * frame.Layout.Stride + frame.Layout.Format switch { PixelFormat.Bgr24 => 3 * x, PixelFormat.Yuyv => 2 * x, _ => x }];

    /// <summary>The pixels that share their colour with one.</summary>
    private static IEnumerable<(int X, int Y)> BlockOf(Frame frame, int x, int y) => frame.Layout.Format == PixelFormat.Yuyv
        ? [(x & ~1, y), (x | 1, y)]
        : [(x & ~1, y & ~1), (x | 1, y & ~1), (x & ~1, y | 1), (x | 1, y | 1)];

    private static byte[] ChromaOf(Frame frame, int x, int y)
    {
        var (layout, luma) = (frame.Layout, frame.Layout.Stride * frame.Height);
        return layout.Format switch
        {
            PixelFormat.Nv12 => frame.Pixels.Slice(luma + y / 2 * layout.Stride + x / 2 * 2, 2).ToArray(),
            PixelFormat.I420 => [frame.Pixels[luma + y / 2 * (layout.Stride / 2) + x / 2], frame.Pixels[luma + layout.Stride / 2 * (frame.Height / 2) + y / 2 * (layout.Stride / 2) + x / 2]],
            PixelFormat.Yuyv => [frame.Pixels[y * layout.Stride + x / 2 * 4 + 1], frame.Pixels[y * layout.Stride + x / 2 * 4 + 3]],
            _ => [],
        };
    }

    private static IEnumerable<(double X, double Y)> Samples(int x, int y, Frame frame) =>
        from i in Enumerable.Range(0, 9) from j in Enumerable.Range(0, 9) select ((x + (i + 0.5) / 9) / frame.Width, (y + (j + 0.5) / 9) / frame.Height);

    /// <summary>How often the outline goes round a point, by the angles under which its sides are seen.</summary>
    private static bool Winds(Polygon area, double x, double y)
    {
        var turned = 0.0;
        for (var i = 0; i < area.Count; i++)
        {
            var ((ax, ay), (bx, by)) = (area.Corner(i), area.Corner(i + 1));
            turned += Math.IEEERemainder(Math.Atan2(by - y, bx - x) - Math.Atan2(ay - y, ax - x), 2 * Math.PI);
        }

        return Math.Abs(turned) > Math.PI;
    }

    /// <summary>Whether a side passes through the pixel's square, a thousandth of a pixel wider for the rounding (Liang and Barsky 1984).</summary>
    private static bool OutlineCuts(Polygon area, Frame frame, int x, int y) => Enumerable.Range(0, area.Count).Any(i =>
    {
        var ((ax, ay), (bx, by)) = (area.Corner(i), area.Corner(i + 1));
        var (startX, startY, dx, dy) = (ax * frame.Width, ay * frame.Height, (bx - ax) * frame.Width, (by - ay) * frame.Height);
        var (from, to) = (0.0, 1.0);
        foreach (var (p, q) in new[] { (-dx, startX - (x - 0.001)), (dx, x + 1.001 - startX), (-dy, startY - (y - 0.001)), (dy, y + 1.001 - startY) })
        {
            if (p == 0 && q < 0)
            {
                return false;
            }

            (from, to) = p < 0 ? (Math.Max(from, q / p), to) : p > 0 ? (from, Math.Min(to, q / p)) : (from, to);
        }

        return from <= to;
    });

    private static Polygon RandomArea(Random random)
    {
        while (true)
        {
            // some corners on the picture's border, some outside, sides that cross each other
            var corners = Enumerable.Range(0, 2 * random.Next(3, 9)).Select(_ => random.Next(6) switch { 0 => 0, 1 => 1, _ => random.NextDouble() * 1.2 - 0.1 }).ToArray();
            if (Polygon.TryCreate(corners, out _) is { } area)
            {
                return area;
            }
        }
    }

    private static Polygon Area(params double[] corners) => Polygon.TryCreate(corners, out var problem) ?? throw new ArgumentException(problem);

    private static Frame Frame(ImageLayout layout)
    {
        var frame = new FramePool("camera", layout, capacity: 1).TryRent()!;
        frame.Pixels.Fill(Light);
        return frame;
    }

    private static Frame Masked(ImageLayout layout, params Polygon[] areas)
    {
        var frame = Frame(layout);
        new PrivacyMask(areas).Apply(frame);
        return frame;
    }
}
