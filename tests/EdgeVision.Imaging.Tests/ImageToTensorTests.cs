
namespace EdgeVision.Imaging.Tests;

public sealed class ImageToTensorTests
{
    [Fact]
    public void Convert_SameSize_PixelsPassUnchanged()
    {
        using var frame = Frames.Random(PixelFormat.Bgr24, 5, 3, seed: 1);
        var tensor = Tensor(frame, new TensorSpec { Width = 5, Height = 3 });

        for (var i = 0; i < 15; i++)
        {
            Assert.Equal([frame.Pixels[3 * i], frame.Pixels[3 * i + 1], frame.Pixels[3 * i + 2]], [tensor[i], tensor[15 + i], tensor[30 + i]]);
        }
    }

    [Fact]
    public void Convert_FourByTwoToTwoByOne_IsTheMeanOfEachQuad()
    {
        // 0 10 | 20 30      centres of the halves lie between their four pixels: (0+10+40+50)/4 = 25, (20+30+60+70)/4 = 45
        // 40 50 | 60 70
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Gray8, 4, 2), [0, 10, 20, 30, 40, 50, 60, 70]);

        Assert.Equal([25f, 45f], Tensor(frame, new TensorSpec { Width = 2, Height = 1, Channels = ChannelOrder.Gray, Resize = ResizeMode.Stretch, Mean = [0], Std = [1] }), Close);
    }

    [Fact]
    public void Convert_FourToTwoAntialiased_IsTheTriangleOverAllItCovers()
    {
        // Pillow: centre 1, reach 2, pixel centres 0.5 1.5 2.5: weights 3 3 1 of 7; (3*0 + 3*70 + 140) / 7 = 50, (70 + 3*140 + 3*210) / 7 = 160
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Gray8, 4, 1), [0, 70, 140, 210]);
        var spec = new TensorSpec { Width = 2, Height = 1, Channels = ChannelOrder.Gray, Resize = ResizeMode.Stretch, Antialias = true, Mean = [0], Std = [1] };

        Assert.Equal([50f, 160f], Tensor(frame, spec), Close);
    }

    [Fact]
    public void Convert_Letterbox_PadsBelowAndNormalisesPaddingToo()
    {
        // 4x2 into 4x4: two rows of picture, two of padding; (114 - 14) / 2 = 50, (200 - 14) / 2 = 93
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Gray8, 4, 2), Enumerable.Repeat((byte)200, 8).ToArray());
        var spec = new TensorSpec { Width = 4, Height = 4, Channels = ChannelOrder.Gray, Mean = [14], Std = [2] };

        Assert.Equal([.. Enumerable.Repeat(93f, 8), .. Enumerable.Repeat(50f, 8)], Tensor(frame, spec), Close);
    }

    [Fact]
    public void Convert_CentreCrop_TakesTheMiddle()
    {
        // 4x2, short side 2 -> scale 1, middle 2x2
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Gray8, 4, 2), [0, 10, 20, 30, 40, 50, 60, 70]);
        var spec = new TensorSpec { Width = 2, Height = 2, Channels = ChannelOrder.Gray, Resize = ResizeMode.CentreCrop, Mean = [0], Std = [1] };

        Assert.Equal([10f, 20f, 50f, 60f], Tensor(frame, spec), Close);
    }

    [Theory]
    [InlineData(YuvColor.Bt601, 81, 90, 240, 255, 0, 0)]
    [InlineData(YuvColor.Bt601, 145, 54, 34, 0, 255, 0)]
    [InlineData(YuvColor.Bt601, 235, 128, 128, 255, 255, 255)]
    [InlineData(YuvColor.Bt601, 16, 128, 128, 0, 0, 0)]
    [InlineData(YuvColor.Bt601Full, 76, 85, 255, 254, 0, 0)]
    [InlineData(YuvColor.Bt709, 63, 102, 240, 255, 0, 0)]
    [InlineData(YuvColor.Bt709Full, 54, 99, 255, 254, 0, 0)]
    public void Convert_Yuv_GivesTheColourOfTheStandard(YuvColor color, byte y, byte u, byte v, float red, float green, float blue)
    {
        using var frame = Frames.Of(new ImageLayout(PixelFormat.Nv12, 2, 2), [y, y, y, y, u, v]);
        frame.Color = color;

        var tensor = Tensor(frame, new TensorSpec { Width = 2, Height = 2, Channels = ChannelOrder.Rgb });

        Assert.InRange(tensor[0], red - 1.5f, red + 1.5f);
        Assert.InRange(tensor[4], green - 1.5f, green + 1.5f);
        Assert.InRange(tensor[8], blue - 1.5f, blue + 1.5f);
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Yuyv)]
    public void Convert_RandomGeometry_VectorsEqualTheScalarReference(PixelFormat format)
    {
        var random = new Random((int)format);
        for (var round = 0; round < 60; round++)
        {
            var even = ResizePlan.IsYuv(format) ? 2 : 1;
            var (width, height) = (random.Next(1, 90) * even, random.Next(1, 60) * even);
            using var frame = Frames.Random(format, width, height, round, random.Next(0, 17) * (format == PixelFormat.I420 ? 2 : 1));
            frame.Color = (YuvColor)random.Next(4);
            var spec = new TensorSpec
            {
                Width = random.Next(1, 120),
                Height = random.Next(1, 120),
                Channels = (ChannelOrder)random.Next(3),
                Resize = (ResizeMode)random.Next(3),
                Antialias = random.Next(2) == 0,
                Centred = random.Next(2) == 0,
                Mean = [random.Next(130), 0, 3],
                Std = [random.Next(1, 60), 1, 58],
            };

            AssertEqualsReference(frame, spec);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Convert_ManyFrames_AllocatesNothing(bool antialias)
    {
        using var frame = Frames.Random(PixelFormat.Nv12, 640, 352, 1);
        var converter = new ImageToTensor(new TensorSpec { Width = 416, Height = 416, Antialias = antialias });
        var tensor = new float[converter.Spec.Length];
        converter.Convert(frame, tensor);

        Assert.Equal(0, Allocated.Bytes(10, () => converter.Convert(frame, tensor)));
    }

    private static float[] Tensor(Frame frame, TensorSpec spec)
    {
        var tensor = new float[spec.Length];
        new ImageToTensor(spec).Convert(frame, tensor);
        return tensor;
    }

    private static void AssertEqualsReference(Frame frame, TensorSpec spec)
    {
        var expected = new float[spec.Length];
        ScalarImageToTensor.Convert(frame.Pixels, frame.Layout, frame.Color, spec, expected);
        var actual = Tensor(frame, spec);
        var bytes = new byte[spec.Length];
        new ImageToTensor(spec with { Type = TensorType.UInt8 }).Convert(frame, bytes);
        for (var i = 0; i < expected.Length; i++)
        {
            var channel = i / (spec.Width * spec.Height);
            var pixel = expected[i] * spec.Std[channel] + spec.Mean[channel];
            Assert.True(MathF.Abs(expected[i] - actual[i]) * spec.Std[channel] < 0.01f, $"{frame.Layout} {spec} at {i}: {expected[i]} {actual[i]}");
            Assert.InRange(bytes[i], pixel - 1, pixel + 1);
        }
    }

    private static bool Close(float a, float b) => MathF.Abs(a - b) < 1e-4f;
}
