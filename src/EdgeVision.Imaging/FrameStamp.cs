namespace EdgeVision.Imaging;

/// <summary>When and where a frame was taken.</summary>
/// <param name="Sequence">Counts the frames of one source from 0, those that were skipped for want of memory included.</param>
/// <param name="Pts">Presentation time in the stream; from the first frame of a file.</param>
/// <param name="Monotonic">Timestamp of the process's <see cref="TimeProvider"/> at arrival: the only one durations are made from.</param>
/// <param name="WallTime">The clock on the wall at arrival, UTC; it may step and may be wrong.</param>
public readonly record struct FrameStamp(long Sequence, TimeSpan Pts, long Monotonic, DateTimeOffset WallTime);
