
namespace EdgeVision.Imaging.Tests;

public sealed class GeometryTests
{
    [Fact]
    public void Letterbox_PointInInput_IsPointInPicture()
    {
        // 640x352 into 416x416: scale 0.65, 416x228 used; (130, 65) / 0.65 = (200, 100)
        var letterbox = Letterbox.Fit(640, 352, new TensorSpec { Width = 416, Height = 416 });

        Assert.Equal((416, 228), (letterbox.UsedWidth, letterbox.UsedHeight));
        var box = letterbox.Project(new BoundingBox(130, 65, 260, 130), 640, 352);
        Assert.Equal((200f, 100f, 400f, 200f), (MathF.Round(box.X1, 3), MathF.Round(box.Y1, 3), MathF.Round(box.X2, 3), MathF.Round(box.Y2, 3)));
    }

    [Fact]
    public void Letterbox_BoxInPadding_IsClampedToThePicture()
    {
        var letterbox = Letterbox.Fit(640, 352, new TensorSpec { Width = 416, Height = 416 });

        Assert.Equal(352, letterbox.Project(new BoundingBox(0, 0, 10, 400), 640, 352).Y2);
    }

    [Fact]
    public void Letterbox_CentredAndCropped_OffsetsComeBackOut()
    {
        // 100x50 centred in 200x200: scale 2, picture at y 50; cropped to 50x50 at scale 1: 25 columns are cut off on the left
        var centred = Letterbox.Fit(100, 50, new TensorSpec { Width = 200, Height = 200, Centred = true });
        var cropped = Letterbox.Fit(100, 50, new TensorSpec { Width = 50, Height = 50, Resize = ResizeMode.CentreCrop });

        Assert.Equal(new BoundingBox(10, 10, 20, 20), centred.Project(new BoundingBox(20, 70, 40, 90), 100, 50));
        Assert.Equal(new BoundingBox(25, 0, 35, 10), cropped.Project(new BoundingBox(0, 0, 10, 10), 100, 50));
    }

    [Fact]
    public void IntersectionOverUnion_TenByTenMovedByThree_Is0538() =>
        Assert.Equal(70f / 130, new BoundingBox(0, 0, 10, 10).IntersectionOverUnion(new BoundingBox(0, 3, 10, 13)), 0.0001f);

    [Fact]
    public void ImageLayout_Nv12_HasHalfAPlaneMore()
    {
        Assert.Equal(337_920, new ImageLayout(PixelFormat.Nv12, 640, 352).SizeInBytes);
        Assert.Equal(704 * 352 * 3 / 2, new ImageLayout(PixelFormat.I420, 640, 352, 704).SizeInBytes);
    }

    [Theory]
    [InlineData(PixelFormat.Nv12, 641, 352, 0)]
    [InlineData(PixelFormat.I420, 640, 351, 0)]
    [InlineData(PixelFormat.Bgr24, 640, 352, 1919)]
    [InlineData(PixelFormat.Bgr24, 0, 352, 0)]
    [InlineData(PixelFormat.Gray8, 20_000, 2, 0)]
    public void ImageLayout_ImpossibleGeometry_Throws(PixelFormat format, int width, int height, int stride) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLayout(format, width, height, stride));

    [Fact]
    public void FramePool_AllLeased_GivesNullUntilOneComesBack()
    {
        var pool = new FramePool("cam", new ImageLayout(PixelFormat.Gray8, 4, 4), 2);
        var first = pool.TryRent()!;
        using var second = pool.TryRent();

        Assert.Null(pool.TryRent());
        first.Dispose();
        Assert.Same(first, pool.TryRent());
    }

    [Fact]
    public void Frame_DisposedTwice_ComesBackOnce()
    {
        var pool = new FramePool("cam", new ImageLayout(PixelFormat.Gray8, 4, 4), 1);
        var frame = pool.TryRent()!;

        frame.Dispose();
        frame.Dispose();

        Assert.Equal(1, pool.Available);
        Assert.Throws<ObjectDisposedException>(() => frame.Pixels.Length);
    }
}
