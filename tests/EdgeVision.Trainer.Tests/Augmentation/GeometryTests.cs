using System.Numerics;

namespace EdgeVision.Trainer.Tests;

public sealed class GeometryTests
{
    [Fact]
    public void HorizontalFlip_PixelsBoxesAndMask_AreMirrored()
    {
        var sample = Samples.Grey(3, 1, 2, 3, 4, 5, 6);
        HorizontalFlip.Flip(sample);
        Assert.Equal([3, 2, 1, 6, 5, 4], sample.Pixels.ToArray());

        var boxed = Samples.Ramp(10, 8, 3, new VersionBox(2, 1, 3, 4, 8));
        byte[] before = boxed.Pixels[..30].ToArray();
        HorizontalFlip.Flip(boxed);
        Assert.Equal([new VersionBox(2, 6, 3, 9, 8)], boxed.Boxes);
        Assert.Equal(before[27..30], boxed.Pixels[..3].ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], boxed.Mask[..10].ToArray());
    }

    [Fact]
    public void VerticalFlip_PixelsBoxesAndMask_AreTurnedUpsideDown()
    {
        var sample = Samples.Grey(2, 1, 2, 3, 4, 5, 6);
        VerticalFlip.Flip(sample);
        Assert.Equal([5, 6, 3, 4, 1, 2], sample.Pixels.ToArray());

        var boxed = Samples.Ramp(10, 8, 3, new VersionBox(2, 1, 3, 4, 8));
        byte[] before = boxed.Pixels[..30].ToArray(), mask = [.. boxed.Mask[..10]];
        VerticalFlip.Flip(boxed);
        Assert.Equal([new VersionBox(2, 1, 0, 4, 5)], boxed.Boxes);
        Assert.Equal(before, boxed.Pixels[^30..].ToArray());
        Assert.Equal(mask, boxed.Mask[^10..].ToArray());
    }

    [Fact]
    public void AffineMap_ScaleAndQuarterTurn_MoveAsWorkedOut()
    {
        var middle = new Vector2(4, 4);

        Assert.Equal(new Vector2(6, 4), Vector2.Transform(new Vector2(5, 4), AffineMap.About(middle, 0, 2, 0, default).Forward));
        Assert.Equal(new Vector2(4, 5), Vector2.Transform(new Vector2(5, 4), AffineMap.About(middle, 90, 1, 0, default).Forward));
        Assert.Equal(new Vector2(7, 2), Vector2.Transform(new Vector2(5, 4), AffineMap.About(middle, 0, 1, 0, new Vector2(2, -2)).Forward));
        // One below the middle leans by tan 45 = 1.
        Assert.Equal(5, Vector2.Transform(new Vector2(4, 5), AffineMap.About(middle, 0, 1, 45, default).Forward).X, 1e-5);
    }

    [Fact]
    public void AffineWarp_QuarterTurn_TurnsPixelsAndBoxesAlike()
    {
        var sample = Samples.Grey(3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        sample.Boxes.Add(new VersionBox(0, 0, 0, 3, 2));

        AffineWarp.Warp(sample, AffineMap.About(new Vector2(1.5f), 90, 1, 0, default), fill: null);

        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], sample.Pixels.ToArray());
        // Rows 0 and 1 became columns 2 and 1.
        var box = Assert.Single(sample.Boxes);
        Assert.Equal([1, 0, 3, 3], new[] { box.X1, box.Y1, box.X2, box.Y2 }.Select(side => MathF.Round(side, 4)));
    }

    [Fact]
    public void AffineWarp_SmallTurn_LeavesANarrowBoxNarrow()
    {
        var sample = Samples.Ramp(40, 40, 1, new VersionBox(0, 17, 12, 23, 28));

        AffineWarp.Warp(sample, AffineMap.About(new Vector2(20), 5, 1, 0, default), fill: 0);

        // An ellipse of half axes 3 and 8, turned by 5 degrees: sqrt((3 cos 5)^2 + (8 sin 5)^2) = 3.069 to either side. About the corners of the box it would be 3.686.
        var box = Assert.Single(sample.Boxes);
        Assert.Equal(2 * 3.069, box.X2 - box.X1, 2e-3);
        Assert.Equal(2 * 7.974, box.Y2 - box.Y1, 2e-3);
    }

    [Fact]
    public void AffineWarp_ShiftByHalfAPixel_MixesNeighboursAndFillsOrRepeats()
    {
        var shift = AffineMap.About(new Vector2(2, 0.5f), 0, 1, 0, new Vector2(1.5f, 0));
        var filled = Samples.Grey(4, 10, 20, 30, 40);
        var repeated = Samples.Grey(4, 10, 20, 30, 40);

        AffineWarp.Warp(filled, shift, fill: 100);
        AffineWarp.Warp(repeated, shift, fill: null);

        // (100 + 10) / 2, (10 + 20) / 2, (20 + 30) / 2 behind one pixel that is all outside.
        Assert.Equal([100, 55, 15, 25], filled.Pixels.ToArray());
        Assert.Equal([10, 10, 15, 25], repeated.Pixels.ToArray());
    }

    [Fact]
    public void AffineWarp_BoxLeavesThePicture_IsCutAndThenDropped()
    {
        // 10 wide, shifted by 5: 4 to 8 becomes 9 to 13, of which a quarter is seen; 0 to 8 becomes 5 to 13, five eighths.
        var sample = Samples.Ramp(10, 10, 1, new VersionBox(0, 4, 0, 8, 4), new VersionBox(1, 0, 2, 8, 6));

        AffineWarp.Warp(sample, AffineMap.About(new Vector2(5), 0, 1, 0, new Vector2(5, 0)), fill: 0);

        Assert.Equal([new VersionBox(1, 5, 2, 10, 6)], sample.Boxes);
        Assert.Equal([255, 255, 255, 255, 255, 1, 1, 1, 1, 1], sample.Mask[..10].ToArray());
    }

    [Fact]
    public void Mosaic_FourPictures_MeetInOnePoint()
    {
        var parts = new[] { 10, 20, 30, 40 }.Select(grey =>
        {
            var part = Samples.Grey(4, [.. Enumerable.Repeat((byte)grey, 16)]);
            part.Boxes.Add(new VersionBox(grey, 1, 1, 3, 3));
            return part;
        }).ToArray();
        var canvas = new Sample();

        Mosaic.Compose(canvas, parts, 8, 8, 4, 4);

        Assert.Equal([10, 20, 30, 40], new[] { 0, 7, 56, 63 }.Select(at => (int)canvas.Pixels[at]));
        Assert.Equal([new VersionBox(10, 1, 1, 3, 3), new VersionBox(20, 5, 1, 7, 3), new VersionBox(30, 1, 5, 3, 7), new VersionBox(40, 5, 5, 7, 7)], canvas.Boxes);

        // At (2, 6) the left ones lose their left half, the upper ones lie two lower; what is not covered is grey.
        Mosaic.Compose(canvas, parts, 8, 8, 2, 6);

        Assert.Equal([Mosaic.Grey, 10, 20, Mosaic.Grey, 30, 40], new[] { 0, 16, 18, 22, 56, 58 }.Select(at => canvas.Pixels[at]));
        Assert.Equal([new VersionBox(20, 3, 3, 5, 5)], canvas.Boxes);
    }
}
