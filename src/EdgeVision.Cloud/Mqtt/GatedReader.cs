using System.IO.Pipelines;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>The input of a connection, which ends with an exception at the first bytes that the <see cref="PacketWalker"/> does not pass.</summary>
internal sealed class GatedReader(PipeReader inner, Func<PacketVerdict, ValueTask<Exception>> refuse) : PipeReader
{
    private readonly PacketWalker _walker = new();
    private ReadResult _last;
    private long _walked;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        _last = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        var verdict = Walk();
        return verdict == PacketVerdict.Pass ? _last : throw await refuse(verdict).ConfigureAwait(false);
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException("The MQTT server reads asynchronously.");

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // What is not consumed comes again with the next read, and must not be walked twice.
        _walked -= _last.Buffer.Slice(0, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private PacketVerdict Walk()
    {
        foreach (var piece in _last.Buffer.Slice(_walked))
        {
            if (_walker.Feed(piece.Span) is var verdict and not PacketVerdict.Pass)
            {
                return verdict;
            }
        }

        _walked = _last.Buffer.Length;
        return PacketVerdict.Pass;
    }
}
