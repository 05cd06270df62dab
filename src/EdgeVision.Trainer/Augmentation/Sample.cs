using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>One picture on its way into a batch, with its boxes and its mask: what augmentations change.</summary>
/// <remarks>
/// Pixels packed row by row, 1 channel (grey) or 3 (blue, green, red), 0 to 255; boxes in pixels of the picture; the mask one class a pixel. Whoever changes the geometry writes into
/// <see cref="Spare"/> and <see cref="SpareMask"/> and then calls <see cref="Accept"/>. Reused from picture to picture: no allocation once it has met the largest. One thread.
/// </remarks>
internal sealed class Sample
{
    private byte[] _pixels = [];
    private byte[] _mask = [];
    private byte[] _sparePixels = [];
    private byte[] _spareMask = [];
    private int _spareWidth;
    private int _spareHeight;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Channels { get; private set; } = 1;

    public bool HasMask { get; private set; }

    public List<VersionBox> Boxes { get; } = [];

    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height * Channels);

    /// <summary>Empty where there is none.</summary>
    public Span<byte> Mask => HasMask ? _mask.AsSpan(0, Width * Height) : [];

    public ImageLayout Layout => new(Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Bgr24, Width, Height);

    /// <summary>Begins a new picture: pixels and mask are to be filled.</summary>
    public void Reset(int width, int height, int channels, bool hasMask)
    {
        (Width, Height, Channels, HasMask) = (width, height, channels, hasMask);
        Boxes.Clear();
        Grow(ref _pixels, width * height * channels);
        Grow(ref _mask, hasMask ? width * height : 0);
    }

    /// <summary>Sets the whole mask to class 0, whether there was one or not.</summary>
    public void ClearMask()
    {
        HasMask = true;
        Grow(ref _mask, Width * Height).Clear();
    }

    /// <summary>Room for the changed picture; its contents are old.</summary>
    public Span<byte> Spare(int width, int height)
    {
        (_spareWidth, _spareHeight) = (width, height);
        Grow(ref _spareMask, HasMask ? width * height : 0);
        return Grow(ref _sparePixels, width * height * Channels);
    }

    /// <summary>Room for the changed mask, after <see cref="Spare"/>; empty where there is none.</summary>
    public Span<byte> SpareMask() => HasMask ? _spareMask.AsSpan(0, _spareWidth * _spareHeight) : [];

    /// <summary>What was written to the spare room is the picture now.</summary>
    /// <param name="mask">Whether the mask was written too, and not the pixels alone.</param>
    public void Accept(bool mask = true)
    {
        (_pixels, _sparePixels) = (_sparePixels, _pixels);
        if (mask)
        {
            (_mask, _spareMask) = (_spareMask, _mask);
        }

        (Width, Height) = (_spareWidth, _spareHeight);
    }

    private static Span<byte> Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }

        return buffer.AsSpan(0, length);
    }
}
