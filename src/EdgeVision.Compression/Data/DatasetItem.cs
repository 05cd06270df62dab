using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>One picture of a data set, not decoded before it is asked for.</summary>
/// <param name="Name">Its path within the set; unique there.</param>
public sealed record DatasetItem(string Name, Truth Truth)
{
    private readonly Func<Frame>? _open;
    private readonly StoredPicture? _stored;

    internal DatasetItem(string name, long size, Truth truth, Func<Frame> open)
        : this(name, truth)
    {
        Size = size;
        _open = open;
    }

    internal DatasetItem(string name, long size, Truth truth, StoredPicture stored)
        : this(name, size, truth, () => stored.Decode(stored.Read())) => _stored = stored;

    /// <summary>Bytes of the picture as it is stored.</summary>
    public long Size { get; }

    /// <summary>Whether <see cref="Stored"/> gives a picture file (JPEG, PNG, WebP, BMP) and not bare pixels.</summary>
    public bool IsEncoded => _stored is { IsEncoded: true };

    /// <summary>Decodes it; whoever opens disposes. Any thread, while the set is open.</summary>
    /// <exception cref="ImageException">Not a picture, cut short, or too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Frame Open() => _open is not null ? _open() : throw new InvalidOperationException($"{Name} was made without a picture.");

    /// <summary>The picture as it is stored: the bytes of its file or of its entry in an archive, bare pixels in forms that have no files.</summary>
    /// <exception cref="ImageException">Too large, or it cannot be unpacked.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlyMemory<byte> Stored() => _stored is not null ? _stored.Read() : throw new InvalidOperationException($"{Name} has no bytes of its own.");

    /// <summary>Decodes what <see cref="Stored"/> gave, so that one reading serves both; whoever calls disposes.</summary>
    /// <exception cref="ImageException">Not a picture, cut short, or too large.</exception>
    public Frame Decode(ReadOnlyMemory<byte> stored) => _stored is not null ? _stored.Decode(stored) : throw new InvalidOperationException($"{Name} has no bytes of its own.");
}
