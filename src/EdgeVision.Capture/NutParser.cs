namespace EdgeVision.Capture;

/// <summary>Reads the headers of the NUT stream that the decoder writes: one video stream of raw pictures.</summary>
/// <remarks>
/// Feed it a window that begins where the last item ended; it never looks at payload. The format is libavformat's, version 3;
/// sizes and times come out, checksums are not looked at because the bytes come through a pipe. No allocation per frame. One thread.
/// </remarks>
internal sealed class NutParser
{
    public const int Invalid = 8192;
    private const int CodedPts = 8, StreamId = 16, SizeMsb = 32, Checksum = 64, ReservedCount = 128, SideData = 256, Elided = 1024, MatchTime = 2048, Coded = 4096;
    private const ulong MainCode = 0x4E4D7A561F5F04AD, StreamCode = 0x4E5311405BF2F9DB, SyncCode = 0x4E4BE4ADEECA4569;
    private const int ChecksumBytes = 4;
    private static readonly int IdBytes = "nut/multimedia container\0".Length;
    private bool _idSeen;
    private NutHeader? _header;
    private long _lastPts;
    private int _ptsShift;

    /// <summary>Of the stream header; 0 before it.</summary>
    public int Width { get; private set; }

    /// <summary>Of the stream header; 0 before it.</summary>
    public int Height { get; private set; }

    public NutItem Next(ReadOnlySpan<byte> window)
    {
        if (!_idSeen)
        {
            return Id(window);
        }

        if (window.IsEmpty)
        {
            return new(NutItemKind.NeedMore);
        }

        return window[0] == (byte)'N' ? Packet(window) : Frame(window);
    }

    private NutItem Id(ReadOnlySpan<byte> window)
    {
        if (window.Length < IdBytes)
        {
            return new(NutItemKind.NeedMore);
        }

        _idSeen = window.StartsWith("nut/multimedia container\0"u8);
        return _idSeen ? new(NutItemKind.Packet, IdBytes) : new(NutItemKind.Corrupt);
    }

    private NutItem Packet(ReadOnlySpan<byte> window)
    {
        var cursor = new NutCursor(window);
        var code = cursor.StartCode();
        var length = cursor.Unsigned();
        if (length > 4096)
        {
            cursor.Bytes(ChecksumBytes);
        }

        var start = cursor.Position;
        var wanted = code is MainCode or StreamCode or SyncCode;
        var payload = wanted ? cursor.Bytes(length - ChecksumBytes) : default;
        if (cursor.Overrun)
        {
            return new(NutItemKind.NeedMore);
        }

        var good = code switch
        {
            MainCode => (_header = NutHeader.Parse(payload)) is not null,
            StreamCode => Stream(payload),
            SyncCode => Sync(payload),
            _ => true,
        };
        return good && length >= ChecksumBytes ? new(NutItemKind.Packet, start + length) : new(NutItemKind.Corrupt);
    }

    private bool Stream(ReadOnlySpan<byte> payload)
    {
        var cursor = new NutCursor(payload);
        cursor.Unsigned(); // id
        cursor.Unsigned(); // class
        cursor.Bytes(cursor.Unsigned()); // codec tag
        cursor.Unsigned(); // time base
        _ptsShift = (int)Math.Clamp(cursor.Unsigned(), 0, 32);
        cursor.Unsigned(); // longest time distance
        cursor.Unsigned(); // decode delay
        cursor.Unsigned(); // flags
        cursor.Bytes(cursor.Unsigned()); // codec data
        (Width, Height) = ((int)cursor.Unsigned(), (int)cursor.Unsigned());
        return !cursor.Overrun;
    }

    private bool Sync(ReadOnlySpan<byte> payload)
    {
        if (_header is null)
        {
            return false;
        }

        _lastPts = new NutCursor(payload).Unsigned() / _header.TimeBases;
        return true;
    }

    private NutItem Frame(ReadOnlySpan<byte> window)
    {
        if (_header is null)
        {
            return new(NutItemKind.Corrupt);
        }

        var cursor = new NutCursor(window);
        var code = _header.Codes[cursor.Byte()];
        var flags = (code.Flags & Coded) != 0 ? code.Flags ^ (int)cursor.Unsigned() : code.Flags;
        _ = (flags & StreamId) != 0 ? cursor.Unsigned() : 0;
        var pts = (flags & CodedPts) != 0 ? Pts(cursor.Unsigned()) : _lastPts + code.PtsDelta;
        var size = code.SizeLsb + ((flags & SizeMsb) != 0 ? code.SizeMultiplier * cursor.Unsigned() : 0);
        _ = (flags & MatchTime) != 0 ? cursor.Signed() : 0;
        var elision = (flags & Elided) != 0 ? cursor.Unsigned() : code.Elision;
        var reserved = (flags & ReservedCount) != 0 ? cursor.Unsigned() : code.Reserved;
        for (; reserved > 0 && !cursor.Overrun; reserved--)
        {
            cursor.Unsigned();
        }

        _ = (flags & Checksum) != 0 ? cursor.Bytes(ChecksumBytes) : default;
        if (cursor.Overrun)
        {
            return new(NutItemKind.NeedMore);
        }

        var elided = size > 4096 || elision < 0 || elision >= _header.Elisions.Length ? [] : _header.Elisions[elision];
        if ((flags & (Invalid | SideData)) != 0 || size < elided.Length || size > int.MaxValue)
        {
            return new(NutItemKind.Corrupt);
        }

        _lastPts = pts;
        return new(NutItemKind.Frame, cursor.Position, (int)size - elided.Length, elided, pts);
    }

    /// <summary>The low bits of a time near the last one, or a whole one. Shift 7, last 1000, coded 110 gives 1006 (1006 and 7 bits of mask is 110).</summary>
    private long Pts(long coded)
    {
        if (coded >= 1L << _ptsShift)
        {
            return coded - (1L << _ptsShift);
        }

        var mask = (1L << _ptsShift) - 1;
        var from = _lastPts - mask / 2;
        return ((coded - from) & mask) + from;
    }
}
