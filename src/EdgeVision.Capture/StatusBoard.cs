namespace EdgeVision.Capture;

/// <summary>What a source shows of itself: counters that change with every frame, and a situation that is replaced whole.</summary>
internal sealed class StatusBoard(IFrameSource source)
{
    private sealed record Situation(SourceState State, CaptureFailure Failure, string Detail);

    private volatile Situation _situation = new(SourceState.Opening, CaptureFailure.None, "");
    private long _read;
    private long _skipped;
    private long _errors;
    private long _reopens;
    private long _size;

    public event Action<IFrameSource, SourceStatus>? Changed;

    public long Read => Volatile.Read(ref _read);

    public long Skipped => Volatile.Read(ref _skipped);

    public SourceState State => _situation.State;

    public CaptureFailure Failure => _situation.Failure;

    /// <summary>A snapshot; made only when somebody asks.</summary>
    public SourceStatus Snapshot()
    {
        var situation = _situation;
        var size = Volatile.Read(ref _size);
        return new SourceStatus
        {
            State = situation.State, Failure = situation.Failure, Detail = situation.Detail,
            Width = (int)(size >> 32), Height = (int)(size & 0xFFFFFFFF),
            FramesRead = Read, FramesSkipped = Skipped, DecodeErrors = Volatile.Read(ref _errors), Reopens = Volatile.Read(ref _reopens),
        };
    }

    public void CountRead(int width, int height)
    {
        Volatile.Write(ref _size, ((long)width << 32) | (uint)height);
        Interlocked.Increment(ref _read);
        if (State != SourceState.Streaming)
        {
            Change(SourceState.Streaming, Failure, _situation.Detail);
        }
    }

    public void CountSkipped() => Interlocked.Increment(ref _skipped);

    public void CountErrors(long more) => Interlocked.Add(ref _errors, more);

    public void CountReopen() => Interlocked.Increment(ref _reopens);

    public void Change(SourceState state, CaptureFailure failure, string detail)
    {
        var before = _situation;
        _situation = new Situation(state, failure, detail);
        if (before.State != state || before.Failure != failure)
        {
            Changed?.Invoke(source, Snapshot());
        }
    }
}
