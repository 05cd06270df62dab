namespace EdgeVision.Imaging;

/// <summary>N frames of one geometry, allocated once and pinned, so that a running camera allocates nothing.</summary>
/// <remarks>
/// A camera that changes its geometry gets a new pool; frames of the old one that are still leased go back to it and both die together.
/// Example: 4 frames of 1920x1080 NV12 hold 4 * 3 110 400 bytes = 12.4 MB. Any thread.
/// </remarks>
public sealed class FramePool
{
    private readonly Frame[] _free;
    private readonly Lock _gate = new();
    private int _freeCount;

    /// <param name="sourceId">Written into every frame.</param>
    /// <param name="layout">The geometry of every frame.</param>
    /// <param name="capacity">Frames, 1 to 64: one being filled, one waiting, one being looked at, and one to spare.</param>
    public FramePool(string sourceId, ImageLayout layout, int capacity = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 64);
        Layout = layout;
        _free = new Frame[capacity];
        for (var i = 0; i < capacity; i++)
        {
            _free[i] = new Frame(this, sourceId);
        }

        _freeCount = capacity;
    }

    public ImageLayout Layout { get; }

    public int Capacity => _free.Length;

    /// <summary>Frames that are not leased.</summary>
    public int Available
    {
        get
        {
            lock (_gate)
            {
                return _freeCount;
            }
        }
    }

    /// <summary>A frame to fill, or null when all are leased: the caller counts and skips.</summary>
    public Frame? TryRent()
    {
        lock (_gate)
        {
            if (_freeCount == 0)
            {
                return null;
            }

            var frame = _free[--_freeCount];
            frame.Lease();
            return frame;
        }
    }

    internal void Return(Frame frame)
    {
        lock (_gate)
        {
            _free[_freeCount++] = frame;
        }
    }
}
