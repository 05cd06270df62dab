namespace EdgeVision.Imaging;

/// <summary>One output row as three planes of pixel values, 0 to 255: scratch between sampling and normalisation.</summary>
internal sealed class PixelRow(int width)
{
    private readonly float[] _values = new float[width * 3];

    public int Width { get; } = width;

    public Span<float> Blue => _values.AsSpan(0, Width);

    public Span<float> Green => _values.AsSpan(Width, Width);

    public Span<float> Red => _values.AsSpan(2 * Width, Width);
}
