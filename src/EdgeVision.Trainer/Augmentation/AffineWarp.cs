using System.Numerics;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Crop, shift, scale, rotation and shear as one resampling, because each of its own would blur.</summary>
/// <remarks>Bilinear for pixels, the nearest for masks; what comes in from outside repeats the edge, or is of one grey.</remarks>
internal sealed record AffineWarp : IAugmentation
{
    public string Name => "affine";

    /// <summary>Degrees to either side.</summary>
    public float Rotation { get; init; }

    /// <summary>1 / (1 + Scale) to 1 + Scale.</summary>
    public float Scale { get; init; }

    /// <summary>Degrees to either side.</summary>
    public float Shear { get; init; }

    /// <summary>Share of the sides, to either side.</summary>
    public float Shift { get; init; }

    /// <summary>Grey of what comes in from outside; null = the edge is repeated.</summary>
    public byte? Fill { get; init; }

    public void Apply(Sample sample, RandomStream random)
    {
        var scale = MathF.Pow(1 + Scale, random.Between(-1, 1));
        var map = AffineMap.About(
            new Vector2(sample.Width, sample.Height) / 2, random.Between(-Rotation, Rotation), scale, random.Between(-Shear, Shear),
            new Vector2(random.Between(-Shift, Shift) * sample.Width, random.Between(-Shift, Shift) * sample.Height));
        Warp(sample, map, Fill);
    }

    public static void Warp(Sample sample, AffineMap map, byte? fill)
    {
        var (width, height) = (sample.Width, sample.Height);
        var target = sample.Spare(width, height);
        PixelSampler.Resample(sample, map.Backward(), target, sample.SpareMask(), fill);
        sample.Accept();
        BoxGeometry.Map(sample, width, height, box => Bounds(box, map.Forward));
    }

    /// <summary>The upright box about the moved ellipse that fills the old one, because few things reach into the corners of theirs: about moved corners a walker six pixels wide would be seven, at every small turn (Kalra et al. 2021, ICCV, "Towards Rotation Invariance in Object Detection").</summary>
    private static BoundingBox Bounds(BoundingBox box, Matrix3x2 forward)
    {
        var middle = Vector2.Transform(new Vector2(box.X1 + box.X2, box.Y1 + box.Y2) / 2, forward);
        var half = new Vector2(box.Width, box.Height) / 2;
        var reach = new Vector2((half * new Vector2(forward.M11, forward.M21)).Length(), (half * new Vector2(forward.M12, forward.M22)).Length());
        return new BoundingBox(middle.X - reach.X, middle.Y - reach.Y, middle.X + reach.X, middle.Y + reach.Y);
    }
}
