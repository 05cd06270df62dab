namespace EdgeVision.Compression;

/// <summary>Signal to noise ratios in dB, within what a report can write.</summary>
/// <remarks>Example: a signal of power 100 with noise of power 1 has 20 dB.</remarks>
internal static class Decibels
{
    private const double Most = 150;

    public static double Of(double signal, double noise) =>
        double.IsFinite(noise) ? Math.Clamp(noise <= 0 ? Most : 10 * Math.Log10(signal / noise), -Most, Most) : -Most;
}
