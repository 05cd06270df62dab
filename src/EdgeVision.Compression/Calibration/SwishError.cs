namespace EdgeVision.Compression;

/// <summary>Expected squared error of x · sigmoid(x) when x is rounded to a grid and clipped at its ends.</summary>
/// <remarks>
/// Within the grid s²/12 times the square of the slope at x, beyond it the squared difference of both function values; each bin counts at its middle.
/// Example: -20 clipped to -10 costs 2e-7, 20 clipped to 10 costs 100.
/// </remarks>
internal static class SwishError
{
    /// <inheritdoc cref="QuantizationError.Of"/>
    public static double Of(ValueHistogram histogram, double step, int lowest, int highest)
    {
        var sum = 0.0;
        var (least, greatest) = (lowest * step, highest * step);
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var x = (histogram.First + i + 0.5) * histogram.BinWidth;
            sum += histogram.Counts[i] == 0 ? 0 : histogram.Counts[i] * (x < least || x > greatest ? Clipped(x, Math.Clamp(x, least, greatest)) : Rounded(x, step));
        }

        return sum;
    }

    private static double Clipped(double x, double end) => Math.Pow(Swish(x) - Swish(end), 2);

    private static double Rounded(double x, double step)
    {
        var gate = Sigmoid(x);
        return step * step / 12 * Math.Pow(gate * (1 + (x * (1 - gate))), 2);
    }

    private static double Swish(double x) => x * Sigmoid(x);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
