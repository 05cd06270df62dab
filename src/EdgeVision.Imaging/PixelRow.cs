namespace EdgeVision.Imaging;

/// <summary>One output row as three planes of pixel values, 0 to 255: in the tensor itself where it holds such planes, otherwise in scratch.</summary>
internal readonly ref struct PixelRow
{
    public PixelRow(Span<float> blue, Span<float> green, Span<float> red)
    {
        Blue = blue;
        Green = green;
        Red = red;
    }

    /// <summary>Three planes one after another.</summary>
    public PixelRow(Span<float> scratch)
    {
        var width = scratch.Length / 3;
        Blue = scratch[..width];
        Green = scratch.Slice(width, width);
        Red = scratch.Slice(2 * width, width);
    }

    public int Width => Blue.Length;

    public Span<float> Blue { get; }

    public Span<float> Green { get; }

    public Span<float> Red { get; }
}
