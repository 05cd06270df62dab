using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>One picture of a data set, not decoded before it is asked for.</summary>
/// <param name="Name">Its path within the set; unique there.</param>
public sealed record DatasetItem(string Name, Truth Truth)
{
    private readonly Func<Frame>? _open;

    internal DatasetItem(string name, long size, Truth truth, Func<Frame> open)
        : this(name, truth)
    {
        Size = size;
        _open = open;
    }

    /// <summary>Bytes of the picture as it is stored.</summary>
    public long Size { get; }

    /// <summary>Decodes it; whoever opens disposes. Any thread, while the set is open.</summary>
    /// <exception cref="ImageException">Not a picture, cut short, or too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Frame Open() => _open is not null ? _open() : throw new InvalidOperationException($"{Name} was made without a picture.");
}
