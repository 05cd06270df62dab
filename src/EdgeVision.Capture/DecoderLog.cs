using System.Buffers.Text;
using System.Text;

namespace EdgeVision.Capture;

/// <summary>Reads the decoder's log as it comes, in place: geometry, colour, errors.</summary>
/// <remarks>Lines look like <c>[h264 @ 0x55] [error] text</c>. No allocation unless the geometry changes. The thread that reads the frames.</remarks>
internal sealed class DecoderLog
{
    private const int LongestLine = 2048;
    private readonly byte[] _line = new byte[LongestLine];
    private readonly byte[] _lastError = new byte[LongestLine];
    private int _length;
    private int _lastErrorLength;

    /// <summary>Geometries that the decoder announced and no frame has had yet.</summary>
    public Queue<(int Width, int Height)> Geometries { get; } = new();

    /// <summary>What the last line that says something said.</summary>
    public CaptureFailure Failure { get; private set; }

    public long Errors { get; private set; }

    public bool IsBt709 { get; private set; }

    /// <summary>The camera answered and described its stream.</summary>
    public bool Answered { get; private set; }

    /// <summary>An ffmpeg before 5.1 that calls -fps_mode -vsync.</summary>
    public bool WantsOldNames { get; private set; }

    public string LastError => Encoding.UTF8.GetString(_lastError.AsSpan(0, _lastErrorLength));

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            if (next == '\n')
            {
                Line(_line.AsSpan(0, _length));
                _length = 0;
            }
            else if (_length < LongestLine)
            {
                _line[_length++] = next;
            }
        }
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        if (After(line, "[error] "u8, out var error) || After(line, "[fatal] "u8, out error))
        {
            Error(error);
        }
        else if (line.StartsWith("[Parsed_crop_0"u8) && After(line, "-> w:"u8, out var size))
        {
            Geometry(size);
        }
        else if (line.IndexOf("Video: rawvideo"u8) >= 0)
        {
            IsBt709 = line.IndexOf("(tv, bt709"u8) >= 0;
        }

        Answered |= line.IndexOf("SDP:"u8) >= 0 || line.IndexOf("] Input #0"u8) >= 0 || line.StartsWith("[info] Input #0"u8);
    }

    private void Error(ReadOnlySpan<byte> error)
    {
        Errors++;
        WantsOldNames |= error.IndexOf("'fps_mode'"u8) >= 0;
        if (error.StartsWith("Did you mean"u8))
        {
            return;
        }

        var failure = FailureTable.Match(error);
        Failure = failure == CaptureFailure.None ? Failure : failure;
        error.CopyTo(_lastError);
        _lastErrorLength = error.Length;
    }

    private void Geometry(ReadOnlySpan<byte> size)
    {
        if (Utf8Parser.TryParse(size, out int width, out var digits) && After(size[digits..], "h:"u8, out var rest) && Utf8Parser.TryParse(rest, out int height, out _))
        {
            Geometries.Enqueue((width, height));
        }
    }

    private static bool After(ReadOnlySpan<byte> line, ReadOnlySpan<byte> mark, out ReadOnlySpan<byte> rest)
    {
        var at = line.IndexOf(mark);
        rest = at < 0 ? default : line[(at + mark.Length)..];
        return at >= 0;
    }
}
