namespace EdgeVision.Update;

/// <summary>Fires when a window of time passed without its quota of bytes, so that neither a silent nor a dripping server holds a download.</summary>
/// <remarks>Example: 1024 B/s over 60 s. Every 61 440 bytes the clock starts again; 100 B/s is caught after 60 s. One per request; its reader counts.</remarks>
internal sealed class SpeedGate(UpdateOptions options, TimeProvider time, CancellationToken outer) : IDisposable
{
    private readonly long _quota = (long)(options.MinBytesPerSecond * options.StallWindow.TotalSeconds);
    private readonly CancellationTokenSource _window = new(options.StallWindow, time);
    private CancellationTokenSource? _either;
    private long _bytes;

    public CancellationToken Outer => outer;

    public CancellationToken Token => (_either ??= CancellationTokenSource.CreateLinkedTokenSource(_window.Token, outer)).Token;

    public void Count(int bytes)
    {
        _bytes += bytes;
        if (_bytes >= _quota)
        {
            GoOn();
        }
    }

    public void Pause() => _window.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>A new window begins.</summary>
    public void GoOn()
    {
        _bytes = 0;
        _window.CancelAfter(options.StallWindow);
    }

    public void Dispose()
    {
        _either?.Dispose();
        _window.Dispose();
    }
}
