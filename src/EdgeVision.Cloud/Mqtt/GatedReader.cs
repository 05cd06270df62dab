using System.IO.Pipelines;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>The input of a connection, which ends with an exception at the first bytes that the <see cref="PacketWalker"/> does not pass, and after too long a silence.</summary>
internal sealed class GatedReader : PipeReader, IDisposable
{
    private readonly PipeReader _inner;
    private readonly Func<PacketVerdict, ValueTask<Exception>> _refuse;
    private readonly PacketWalker _walker = new();
    private readonly TimeSpan _silence;
    private readonly ITimer _alarm;
    private ReadResult _last;
    private long _walked;
    private volatile bool _isSilent;

    public GatedReader(PipeReader inner, TimeSpan silence, TimeProvider time, Func<PacketVerdict, ValueTask<Exception>> refuse)
    {
        (_inner, _silence, _refuse) = (inner, silence, refuse);
        _alarm = time.CreateTimer(_ => RingAlarm(), null, silence, Timeout.InfiniteTimeSpan);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        _alarm.Change(_silence, Timeout.InfiniteTimeSpan);
        _last = await _inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        var verdict = _isSilent ? PacketVerdict.Silent : Walk();
        return verdict == PacketVerdict.Pass ? _last : throw await _refuse(verdict).ConfigureAwait(false);
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException("The MQTT server reads asynchronously.");

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // What is not consumed comes again with the next read, and must not be walked twice.
        _walked -= _last.Buffer.Slice(0, consumed).Length;
        _inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _inner.Complete(exception);

    public void Dispose() => _alarm.Dispose();

    private void RingAlarm()
    {
        _isSilent = true;
        _inner.CancelPendingRead();
    }

    private PacketVerdict Walk()
    {
        var verdict = _walker.Feed(_last.Buffer.Slice(_walked));
        _walked = _last.Buffer.Length;
        return verdict;
    }
}
