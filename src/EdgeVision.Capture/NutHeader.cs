namespace EdgeVision.Capture;

/// <summary>What one byte at the start of a frame stands for.</summary>
internal readonly record struct NutFrameCode(int Flags, long PtsDelta, long SizeMultiplier, long SizeLsb, long Reserved, long Elision);

/// <summary>NUT's main header: the 256 frame codes and the elision headers.</summary>
internal sealed class NutHeader
{
    private NutHeader(NutFrameCode[] codes, byte[][] elisions, long timeBases) => (Codes, Elisions, TimeBases) = (codes, elisions, timeBases);

    public NutFrameCode[] Codes { get; }

    /// <summary>Beginnings that are left out of small frames; the first is empty.</summary>
    public byte[][] Elisions { get; }

    public long TimeBases { get; }

    /// <returns>Null when it makes no sense.</returns>
    public static NutHeader? Parse(ReadOnlySpan<byte> payload)
    {
        var cursor = new NutCursor(payload);
        if (cursor.Unsigned() > 3)
        {
            cursor.Unsigned(); // minor version
        }

        cursor.Unsigned(); // streams: we asked for one
        cursor.Unsigned(); // longest distance
        var timeBases = cursor.Unsigned();
        for (var i = 0; i < timeBases && !cursor.Overrun; i++)
        {
            cursor.Unsigned();
            cursor.Unsigned();
        }

        var codes = FrameCodes(ref cursor);
        var elisions = ElisionHeaders(ref cursor);
        return cursor.Overrun || timeBases < 1 ? null : new NutHeader(codes, elisions, timeBases);
    }

    private static NutFrameCode[] FrameCodes(ref NutCursor cursor)
    {
        var codes = new NutFrameCode[256];
        long pts = 0, multiplier = 1, elision = 0;
        for (var code = 0; code < 256 && !cursor.Overrun;)
        {
            var flags = (int)cursor.Unsigned();
            var fields = cursor.Unsigned();
            pts = fields > 0 ? cursor.Signed() : pts;
            multiplier = fields > 1 ? cursor.Unsigned() : multiplier;
            _ = fields > 2 ? cursor.Unsigned() : 0; // stream
            var size = fields > 3 ? cursor.Unsigned() : 0;
            var reserved = fields > 4 ? cursor.Unsigned() : 0;
            var count = fields > 5 ? cursor.Unsigned() : multiplier - size;
            _ = fields > 6 ? cursor.Signed() : 0; // match time
            elision = fields > 7 ? cursor.Unsigned() : elision;
            for (; fields > 8 && !cursor.Overrun; fields--)
            {
                cursor.Unsigned();
            }

            for (var j = 0L; j < count && code < 256; code++)
            {
                // 'N' is where the start codes begin and is never a frame
                codes[code] = code == 'N' ? new(NutParser.Invalid, 0, 0, 0, 0, 0) : new(flags, pts, multiplier, size + j++, reserved, elision);
            }
        }

        return codes;
    }

    private static byte[][] ElisionHeaders(ref NutCursor cursor)
    {
        if (cursor.AtEnd)
        {
            return [[]];
        }

        var headers = new byte[Math.Clamp(cursor.Unsigned(), 0, 127) + 1][];
        headers[0] = [];
        for (var i = 1; i < headers.Length; i++)
        {
            headers[i] = cursor.Bytes(cursor.Unsigned()).ToArray();
        }

        return headers;
    }
}
