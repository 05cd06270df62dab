using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>The frames of a <see cref="SyntheticIntersection"/>: a camera that is there without a camera, and whose truth is known.</summary>
/// <remarks>
/// Frames are BGR24 of a pool; Pts is the frame's number divided by the rate. As a camera (live) or paced they come in real time: one for which no buffer is free is counted and skipped,
/// and one that is more than a second late too, as a real camera's would be. Otherwise every frame as fast as it is read. Ends after <see cref="SyntheticOptions.Frames"/>, or begins again there when looped.
/// One thread reads; <see cref="CurrentObjects"/> belongs to the frame that the last <see cref="Read"/> gave.
/// </remarks>
public sealed class SyntheticSource : IFrameSource
{
    private readonly SyntheticOptions _scene;
    private readonly FrameSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly StatusBoard _board;
    private readonly FramePool _pool;
    private readonly ManualResetEventSlim _stop = new();
    private readonly bool _isPaced;
    private long _next;
    private long _began;

    public SyntheticSource(string id, SyntheticOptions scene, FrameSourceOptions options, TimeProvider time)
    {
        (Id, _scene, _options, _time) = (id, scene, options, time);
        _isPaced = options.Live || options.Paced;
        _board = new StatusBoard(this);
        _pool = new FramePool(id, new ImageLayout(PixelFormat.Bgr24, scene.Width, scene.Height), options.PoolFrames);
        Scene = new SyntheticIntersection(scene);
    }

    public string Id { get; }

    public SyntheticIntersection Scene { get; }

    /// <summary>The truth about the last frame.</summary>
    public IReadOnlyList<SceneObject> CurrentObjects { get; private set; } = [];

    public SourceStatus Status => _board.Snapshot();

    public event Action<IFrameSource, SourceStatus>? StatusChanged
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    public Frame? Read(CancellationToken cancellationToken)
    {
        while (WaitForTurn(cancellationToken))
        {
            var index = _next++;
            if (Rent(cancellationToken) is { } frame)
            {
                CurrentObjects = Scene.Render(_scene.Frames is { } count ? index % count : index, frame.Pixels);
                frame.Stamp = new FrameStamp(index, TimeSpan.FromSeconds(index / _scene.Rate), _time.GetTimestamp(), _time.GetUtcNow());
                _board.CountRead(frame.Width, frame.Height);
                return frame;
            }

            _board.CountSkipped();
        }

        return null;
    }

    public void Dispose() => _stop.Set();

    private bool Stopping(CancellationToken cancellationToken) => _stop.IsSet || cancellationToken.IsCancellationRequested;

    /// <returns>False at the end, or when somebody stopped it.</returns>
    private bool WaitForTurn(CancellationToken cancellationToken)
    {
        _began = _next == 0 ? _time.GetTimestamp() : _began;
        if (_isPaced)
        {
            SkipLate();
            var due = TimeSpan.FromSeconds(_next / _scene.Rate);
            while (!Stopping(cancellationToken) && _time.GetElapsedTime(_began) is var elapsed && elapsed < due)
            {
                _stop.Wait(TimeSpan.FromMilliseconds(Math.Clamp((due - elapsed).TotalMilliseconds, 1, 50)), CancellationToken.None);
            }
        }

        if (_scene.Frames is { } count && _next >= count && !_options.Loop)
        {
            _board.Change(SourceState.Ended, CaptureFailure.None, "");
            return false;
        }

        return !Stopping(cancellationToken);
    }

    /// <summary>A camera does not wait for a slow machine: frames whose second is past are gone.</summary>
    private void SkipLate()
    {
        var newest = (long)(_time.GetElapsedTime(_began).TotalSeconds * _scene.Rate);
        for (var last = Math.Min(newest - (long)Math.Ceiling(_scene.Rate), (_scene.Frames ?? long.MaxValue) - 1); _next < last; _next++)
        {
            _board.CountSkipped();
        }
    }

    private Frame? Rent(CancellationToken cancellationToken)
    {
        var frame = _pool.TryRent();
        while (frame is null && !_isPaced && !Stopping(cancellationToken))
        {
            _stop.Wait(2, CancellationToken.None);
            frame = _pool.TryRent();
        }

        return frame;
    }
}
