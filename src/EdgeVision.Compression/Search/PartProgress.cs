namespace EdgeVision.Compression;

/// <summary>A part of a longer piece of work: its 0 to 1 is <paramref name="start"/> to <paramref name="start"/> + <paramref name="length"/> of the whole.</summary>
internal sealed class PartProgress(IProgress<double>? whole, double start, double length) : IProgress<double>
{
    public void Report(double value) => whole?.Report(start + (length * value));
}
