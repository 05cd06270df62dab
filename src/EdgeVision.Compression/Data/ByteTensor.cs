using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>Pictures of one size as bytes, one after the other: grey [n, height, width] or colour [n, height, width, 3 as RGB].</summary>
internal sealed record ByteTensor(IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    public int Count => (int)Shape[0];

    private int Channels => Shape.Count == 4 ? (int)Shape[3] : 1;

    private int PictureBytes => (int)(Shape[1] * Shape[2]) * Channels;

    /// <exception cref="CompressionException">It holds no pictures, or fewer bytes than it says.</exception>
    public ByteTensor Checked(string name)
    {
        var isPictures = Shape is [> 0, > 0 and <= ImageLayout.MaxSide, > 0 and <= ImageLayout.MaxSide] or [> 0, > 0 and <= ImageLayout.MaxSide, > 0 and <= ImageLayout.MaxSide, 1 or 3];
        var bytes = Shape.Aggregate(1.0, (product, length) => product * length);
        return !isPictures ? throw new CompressionException($"{name} has shape [{string.Join(", ", Shape)}]; pictures are [n, height, width] or [n, height, width, 3] of uint8.")
            : bytes != Bytes.Length ? throw new CompressionException($"{name} has {Bytes.Length} bytes of pixels; its shape [{string.Join(", ", Shape)}] needs {bytes:0}. It is cut short or damaged.")
            : this;
    }

    public IReadOnlyList<DatasetItem> Items(Func<int, Truth> truthOf) =>
        [.. Enumerable.Range(0, Count).Select(i => new DatasetItem(NameOf(i), PictureBytes, truthOf(i), new StoredPicture(IsEncoded: false, () => Bytes.Slice(i * PictureBytes, PictureBytes), pixels => Picture(i, pixels))))];

    private static string NameOf(int index) => index.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    private Frame Picture(int index, ReadOnlyMemory<byte> pixels)
    {
        var layout = new ImageLayout(Channels == 3 ? PixelFormat.Rgb24 : PixelFormat.Gray8, (int)Shape[2], (int)Shape[1]);
        var frame = new FramePool(NameOf(index), layout, capacity: 1).TryRent()!;
        pixels.Span.CopyTo(frame.Pixels);
        return frame;
    }
}
