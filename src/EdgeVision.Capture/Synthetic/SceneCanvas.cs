namespace EdgeVision.Capture;

/// <summary>What bodies are drawn on: four samples for each pixel, each with a colour, a nearness and the number of its owner.</summary>
/// <remarks>The nearest wins, so the order of drawing does not matter. Owner 0 is the ground behind everything, on which shadows fall. Example: 640x360 pixels are 1280x720 samples of 13 bytes. One thread.</remarks>
internal sealed class SceneCanvas(int width, int height)
{
    /// <summary>Samples along a side of a pixel.</summary>
    public const int Fineness = 2;

    private readonly ushort[] _touched = new ushort[width * height * Fineness * Fineness];
    private ushort _owner;

    /// <summary>In samples.</summary>
    public int Width { get; } = width * Fineness;

    /// <summary>In samples.</summary>
    public int Height { get; } = height * Fineness;

    public uint[] Colors { get; } = new uint[width * height * Fineness * Fineness];

    public float[] Nearness { get; } = new float[width * height * Fineness * Fineness];

    public ushort[] Owners { get; } = new ushort[width * height * Fineness * Fineness];

    /// <summary>How much of the light the ground lacks, 255 all of it.</summary>
    public byte[] Shades { get; } = new byte[width * height * Fineness * Fineness];

    /// <summary>Samples that the owner of the moment covers, those included that somebody nearer hides.</summary>
    public int Covered { get; private set; }

    /// <summary>Takes everything off; what stands still is nearer than nothing.</summary>
    /// <param name="still">Nearness of all that stands still, samples.</param>
    /// <param name="stillWidth">Samples in one of its rows.</param>
    /// <param name="dx">Samples to skip in each of its rows.</param>
    /// <param name="dy">Rows to skip.</param>
    public void Clear(ReadOnlySpan<float> still, int stillWidth, int dx, int dy)
    {
        Array.Clear(Owners);
        Array.Clear(Shades);
        Array.Clear(_touched);
        for (var y = 0; y < Height; y++)
        {
            still.Slice((y + dy) * stillWidth + dx, Width).CopyTo(Nearness.AsSpan(y * Width));
        }
    }

    /// <param name="owner">From 1.</param>
    public void Begin(ushort owner) => (_owner, Covered) = (owner, 0);

    /// <param name="corners">A convex polygon, in samples.</param>
    public void Fill(ReadOnlySpan<ScreenPoint> corners, uint color)
    {
        var scan = new PolygonScan(corners, Width, Height);
        while (scan.Next())
        {
            var row = scan.Row * Width;
            var (nearness, slope) = ((float)scan.Nearness, (float)scan.Slope);
            for (var i = row + scan.From; i < row + scan.To; i++, nearness += slope)
            {
                Covered += _touched[i] == _owner ? 0 : 1;
                _touched[i] = _owner;
                if (nearness > Nearness[i])
                {
                    (Nearness[i], Colors[i], Owners[i]) = (nearness, color, _owner);
                }
            }
        }
    }

    /// <summary>A shadow on the ground.</summary>
    /// <param name="corners">A convex polygon, in samples.</param>
    public void Shade(ReadOnlySpan<ScreenPoint> corners, byte strength)
    {
        var scan = new PolygonScan(corners, Width, Height);
        while (scan.Next())
        {
            var row = scan.Row * Width;
            var (nearness, slope) = ((float)scan.Nearness, (float)scan.Slope);
            for (var i = row + scan.From; i < row + scan.To; i++, nearness += slope)
            {
                if (nearness > Nearness[i] && strength > Shades[i])
                {
                    Shades[i] = strength;
                }
            }
        }
    }
}
