namespace EdgeVision.Capture;

/// <summary>Sine and cosine from additions and multiplications alone, because those of the C libraries differ in the last bit, and the bytes of a synthetic frame must not.</summary>
internal static class Trigonometry
{
    /// <param name="radians">Any; the error is below 1e-6.</param>
    public static double Sin(double radians)
    {
        var turns = radians / (2 * Math.PI);
        var x = (turns - Math.Floor(turns + 0.5)) * (2 * Math.PI);
        x = x > Math.PI / 2 ? Math.PI - x : x < -Math.PI / 2 ? -Math.PI - x : x;
        var square = x * x;
        return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72 * (1 - square / 110)))));
    }

    public static double Cos(double radians) => Sin(radians + Math.PI / 2);
}
