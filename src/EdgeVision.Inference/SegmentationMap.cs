namespace EdgeVision.Inference;

/// <summary>The class of every place of one picture.</summary>
/// <remarks>
/// A grid laid over what the network saw of the picture, without its padding: cell (x, y) is the part from x / Width to (x + 1) / Width. Example: 256x256 cells of a picture of 640x480 are 2.5x1.875 pixels
/// each. Reused from frame to frame, one thread at a time; grows to the largest and stays there.
/// </remarks>
public sealed class SegmentationMap
{
    private byte[] _cells = [];
    private int[] _counts = [];

    /// <summary>0 where the model gives no map.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Class ids, row by row from the top. Valid until the next frame.</summary>
    public ReadOnlySpan<byte> Cells => _cells.AsSpan(0, Width * Height);

    /// <summary>Share of the cells that are of this class, 0 to 1.</summary>
    public float ShareOf(int classId) => Width == 0 || (uint)classId >= (uint)_counts.Length ? 0 : (float)_counts[classId] / (Width * Height);

    public void Clear() => (Width, Height) = (0, 0);

    /// <summary>Makes room, and hands out the cells to be filled; <see cref="Count"/> comes afterwards.</summary>
    internal Span<byte> Resize(int width, int height)
    {
        if (_cells.Length < width * height)
        {
            _cells = new byte[width * height];
        }

        (Width, Height) = (width, height);
        return _cells.AsSpan(0, width * height);
    }

    internal void Count(int classes)
    {
        if (_counts.Length != classes)
        {
            _counts = new int[classes];
        }

        Array.Clear(_counts);
        foreach (var cell in Cells)
        {
            _counts[cell]++;
        }
    }
}
