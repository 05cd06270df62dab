using System.Numerics;

namespace EdgeVision.Trainer;

/// <summary>Turns, scales, shears and shifts about the middle of a picture.</summary>
/// <remarks>
/// x' = A (x - middle) + middle + shift, A = rotation * shear * scale, points in pixels with the pixel centre at .5.
/// Example: scale 2 about the middle (4, 4) takes (5, 4) to (6, 4); a quarter turn takes it to (4, 5), clockwise as the picture is seen. Immutable.
/// </remarks>
internal readonly record struct AffineMap(Matrix3x2 Forward)
{
    /// <param name="degrees">Clockwise.</param>
    /// <param name="shearDegrees">How far verticals lean.</param>
    /// <param name="shift">Pixels.</param>
    public static AffineMap About(Vector2 middle, float degrees, float scale, float shearDegrees, Vector2 shift)
    {
        const float radians = MathF.PI / 180;
        return new AffineMap(Matrix3x2.CreateTranslation(-middle) * Matrix3x2.CreateScale(scale) * Matrix3x2.CreateSkew(shearDegrees * radians, 0)
            * Matrix3x2.CreateRotation(degrees * radians) * Matrix3x2.CreateTranslation(middle + shift));
    }

    /// <summary>From the new picture back to the old one.</summary>
    /// <exception cref="ArgumentException">It flattens the picture.</exception>
    public Matrix3x2 Backward() => Matrix3x2.Invert(Forward, out var backward) ? backward : throw new ArgumentException("A picture is not scaled to nothing.");
}
