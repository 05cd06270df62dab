namespace EdgeVision.Imaging;

/// <summary>One picture from a camera: a lease on pinned memory of a <see cref="FramePool"/>.</summary>
/// <remarks>
/// Whoever rents disposes, once; <see cref="Dispose"/> gives the memory back and a span taken before must not be used after it.
/// The source that rented fills <see cref="Pixels"/> and calls <see cref="Stamp"/>; from then on the frame is read-only by agreement.
/// One owner at a time, any thread. No allocation after the pool was made.
/// </remarks>
public sealed class Frame : IDisposable
{
    private readonly FramePool _pool;
    private readonly byte[] _buffer;
    private int _leased;

    internal Frame(FramePool pool, string sourceId)
    {
        _pool = pool;
        SourceId = sourceId;
        Layout = pool.Layout;
        _buffer = GC.AllocateUninitializedArray<byte>(Layout.SizeInBytes, pinned: true);
    }

    public string SourceId { get; }

    public ImageLayout Layout { get; }

    /// <summary>Only read for the YUV formats.</summary>
    public YuvColor Color { get; set; }

    /// <summary>The whole picture, <see cref="ImageLayout.SizeInBytes"/> bytes, all planes.</summary>
    /// <exception cref="ObjectDisposedException">The frame was given back.</exception>
    public Span<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _leased) == 0, this);
            return _buffer;
        }
    }

    public FrameStamp Stamp { get; set; }

    public int Width => Layout.Width;

    public int Height => Layout.Height;

    /// <summary>Gives the memory back to the pool. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _leased, 0) == 1)
        {
            _pool.Return(this);
        }
    }

    internal void Lease() => Volatile.Write(ref _leased, 1);
}
