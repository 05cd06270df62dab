using System.Buffers;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Walks the fixed headers of an MQTT stream and stops it before anything large is kept.</summary>
/// <remarks>
/// In: the stream in pieces of any size. Out: <see cref="PacketVerdict.Pass"/>, or why to close. Keeps no bytes and allocates nothing.
/// Example: 10 FF FF FF 7F (a CONNECT of 256 MB) is TooLarge at its fifth byte. One connection, one thread at a time.
/// </remarks>
internal sealed class PacketWalker
{
    private const int MaxConnectBytes = 16 * 1024;

    /// <summary>A message of 256 KB, and the longest topic that MQTT can carry.</summary>
    private const int MaxPacketBytes = (256 + 66) * 1024;
    private const int Connect = 1, LastShift = 21;
    private Step _step;
    private int _type;
    private int _length;
    private int _shift;
    private int _walkedOfBody;
    private bool _isFirst = true;

    private enum Step
    {
        Type,
        Length,
        Body,
    }

    /// <summary>Whether the first packet, the CONNECT, has ended.</summary>
    public bool HasFirst => !_isFirst;

    public PacketVerdict Feed(ReadOnlySpan<byte> bytes) => Feed(bytes, onlyFirst: false);

    /// <param name="bytes">The next ones.</param>
    /// <param name="onlyFirst">Stops at the end of the first packet.</param>
    public PacketVerdict Feed(ReadOnlySequence<byte> bytes, bool onlyFirst = false)
    {
        foreach (var piece in bytes)
        {
            if (Feed(piece.Span, onlyFirst) is var verdict and not PacketVerdict.Pass)
            {
                return verdict;
            }
        }

        return PacketVerdict.Pass;
    }

    private PacketVerdict Feed(ReadOnlySpan<byte> bytes, bool onlyFirst)
    {
        while (!bytes.IsEmpty && !(onlyFirst && HasFirst))
        {
            var verdict = _step switch
            {
                Step.Type => FeedType(ref bytes),
                Step.Length => FeedLength(ref bytes),
                _ => FeedBody(ref bytes),
            };
            if (verdict != PacketVerdict.Pass)
            {
                return verdict;
            }
        }

        return PacketVerdict.Pass;
    }

    private PacketVerdict FeedType(ref ReadOnlySpan<byte> bytes)
    {
        _type = bytes[0] >> 4;
        bytes = bytes[1..];
        (_length, _shift, _walkedOfBody, _step) = (0, 0, 0, Step.Length);
        return _type == Connect == _isFirst ? PacketVerdict.Pass : PacketVerdict.OutOfOrder;
    }

    private PacketVerdict FeedLength(ref ReadOnlySpan<byte> bytes)
    {
        var next = bytes[0];
        bytes = bytes[1..];
        _length |= (next & 0x7F) << _shift;
        if (_length > (_type == Connect ? MaxConnectBytes : MaxPacketBytes))
        {
            return PacketVerdict.TooLarge;
        }

        if (next >= 0x80)
        {
            _shift += 7;
            return _shift > LastShift ? PacketVerdict.BadLength : PacketVerdict.Pass;
        }

        _step = Step.Body;
        return EndIfWalked();
    }

    private PacketVerdict FeedBody(ref ReadOnlySpan<byte> bytes)
    {
        var piece = bytes[..Math.Min(bytes.Length, _length - _walkedOfBody)];
        bytes = bytes[piece.Length..];
        _walkedOfBody += piece.Length;
        return EndIfWalked();
    }

    private PacketVerdict EndIfWalked()
    {
        if (_walkedOfBody == _length)
        {
            (_step, _isFirst) = (Step.Type, false);
        }

        return PacketVerdict.Pass;
    }
}
