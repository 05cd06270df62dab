namespace EdgeVision.Packaging;

/// <summary>Finds stretches of the old file that the new one runs along, mostly alike, and writes them as pieces.</summary>
/// <remarks>
/// One pass over the new file: eight equal bytes somewhere in the old one suggest another stretch; it is taken when it agrees by more than <see cref="Worth"/> bytes
/// better than going on along the present one. A stretch grows over differing bytes as long as more than half of what it gains agrees.
/// A stretch is known by its shift: new byte i lies beside old byte i + shift.
/// </remarks>
internal ref struct DeltaEncoder(ReadOnlySpan<byte> old, ReadOnlySpan<byte> target, Stream pieces)
{
    /// <summary>What a new piece costs, about.</summary>
    private const int Worth = 8;

    private readonly ReadOnlySpan<byte> _old = old;
    private readonly ReadOnlySpan<byte> _target = target;
    private readonly OldWindows _windows = new(old);
    private int _shift;
    private int _done;
    private int _oldAt;

    public void Run()
    {
        for (var scan = 0; scan <= _target.Length - OldWindows.Width;)
        {
            var along = Common(scan, _shift);
            scan += along >= OldWindows.Width ? along : Look(scan);
        }

        Write(_target.Length);
    }

    /// <summary>The whole file along the old one, whatever the two have in common: weights of 32 bits differ in their last bits only, of which no window is equal.</summary>
    /// <remarks>Both of one length.</remarks>
    public void RunAlong() => WritePiece(0, _target.Length, _target.Length);

    /// <returns>How far to go on.</returns>
    private int Look(int scan)
    {
        var shift = _windows.Find(_target[scan..]) - scan;
        var common = Common(scan, shift);
        if (common < OldWindows.Width || common <= Alike(scan, common) + Worth)
        {
            return 1;
        }

        Write(scan - Backwards(scan, shift));
        _shift = shift;
        return common;
    }

    /// <summary>Equal bytes in a row.</summary>
    private readonly int Common(int at, int shift) =>
        at + shift >= 0 && at + shift < _old.Length ? _old[(at + shift)..].CommonPrefixLength(_target[at..]) : 0;

    /// <summary>Equal bytes along the present stretch.</summary>
    private readonly int Alike(int from, int count)
    {
        var same = 0;
        for (var at = from; at < from + count; at++)
        {
            same += IsAlike(at, _shift) ? 1 : 0;
        }

        return same;
    }

    private readonly bool IsAlike(int at, int shift) => at + shift >= 0 && at + shift < _old.Length && _old[at + shift] == _target[at];

    /// <summary>How far before <paramref name="scan"/> the new stretch is the better one already.</summary>
    private readonly int Backwards(int scan, int shift)
    {
        var (best, bestLength, score) = (0, 0, 0);
        // Much worse is not made up for: without the end this would go over the whole file for each stretch.
        for (var length = 1; length <= scan - _done && scan - length + shift >= 0 && score > best - 64; length++)
        {
            score += (IsAlike(scan - length, shift) ? 1 : 0) - (IsAlike(scan - length, _shift) ? 1 : 0);
            (best, bestLength) = score > best ? (score, length) : (best, bestLength);
        }

        return bestLength;
    }

    /// <summary>One piece: along the present stretch as far as it is good, then new bytes.</summary>
    private void Write(int end)
    {
        if (end == _done)
        {
            return;
        }

        var along = Forwards(end);
        WritePiece(along > 0 ? _done + _shift : _oldAt, along, end);
    }

    private void WritePiece(int from, int along, int end)
    {
        DeltaNumber.Write(pieces, from - _oldAt);
        DeltaNumber.Write(pieces, along);
        DeltaNumber.Write(pieces, end - _done - along);
        for (var i = 0; i < along; i++)
        {
            pieces.WriteByte(unchecked((byte)(_target[_done + i] - _old[from + i])));
        }

        pieces.Write(_target[(_done + along)..end]);
        (_oldAt, _done) = (from + along, end);
    }

    private readonly int Forwards(int end)
    {
        var (best, bestLength, score) = (0, 0, 0);
        for (var at = _done; at < end && at + _shift < _old.Length && at + _shift >= 0; at++)
        {
            score += IsAlike(at, _shift) ? 1 : -1;
            (best, bestLength) = score > best ? (score, at + 1 - _done) : (best, bestLength);
        }

        return bestLength;
    }
}
