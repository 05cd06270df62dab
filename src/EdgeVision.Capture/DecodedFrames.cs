using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>One run of the decoder, as frames: from its start to its end.</summary>
/// <remarks>
/// In: NUT from the pipe. Out: leased frames of the geometry the stream has at that moment, Pts from the first frame of this run.
/// A new geometry gets a new pool; a frame that cannot be told apart is never handed out. The reading thread, except <see cref="Kill"/>.
/// </remarks>
internal sealed class DecodedFrames : IDisposable
{
    private readonly string _id;
    private readonly FfmpegOptions _options;
    private readonly DecoderProcess _decoder;
    private readonly DecoderPipe _pipe;
    private readonly NutParser _parser = new();
    private FramePool? _pool;
    private long? _firstPts;

    public DecodedFrames(string id, FfmpegOptions options, DecoderProcess decoder, Func<PipeOutcome> check)
    {
        (_id, _options, _decoder) = (id, options, decoder);
        _pipe = new DecoderPipe(decoder, Log, check);
    }

    public DecoderLog Log { get; } = new();

    /// <summary>Geometry of the last frame.</summary>
    public ImageLayout Layout => _pool?.Layout ?? default;

    public TimeSpan Pts { get; private set; }

    /// <summary>Goes to the next frame; its payload must be taken with <see cref="Fill"/> or <see cref="Discard"/>.</summary>
    public PipeOutcome Advance(out NutItem frame)
    {
        while (true)
        {
            frame = _parser.Next(_pipe.Window);
            var outcome = frame.Kind switch
            {
                NutItemKind.NeedMore => _pipe.More(),
                NutItemKind.Packet => _pipe.Skip(frame.HeaderBytes),
                NutItemKind.Frame => Begin(frame),
                _ => PipeOutcome.Corrupt,
            };
            if (outcome != PipeOutcome.Data || frame.Kind == NutItemKind.Frame)
            {
                return outcome;
            }
        }
    }

    public Frame? TryRent() => _pool!.TryRent();

    public PipeOutcome Fill(Frame frame, NutItem item)
    {
        item.Elided.CopyTo(frame.Pixels);
        frame.Color = Log.IsBt709 ? YuvColor.Bt709 : YuvColor.Bt601;
        return _pipe.ReadExactly(frame.Pixels[item.Elided!.Length..]);
    }

    public PipeOutcome Discard(NutItem item) => _pipe.Skip(item.PayloadBytes);

    /// <summary>Ends the decoder; whoever reads sees the end. Any thread.</summary>
    public void Kill() => _decoder.Kill();

    /// <summary>After the end: the rest of the log, and how the program ended.</summary>
    public int? Finish()
    {
        _pipe.DrainLog(milliseconds: 200);
        return _decoder.ExitCode();
    }

    public void Dispose() => _decoder.Dispose();

    private PipeOutcome Begin(NutItem frame)
    {
        if (_pipe.Skip(frame.HeaderBytes) is var skipped and not PipeOutcome.Data)
        {
            return skipped;
        }

        _firstPts ??= frame.Pts;
        Pts = TimeSpan.FromMicroseconds(frame.Pts - _firstPts.Value);
        _pipe.DrainLog(milliseconds: 0);
        return MatchGeometry(frame.PayloadBytes + frame.Elided!.Length) ? PipeOutcome.Data : PipeOutcome.Corrupt;
    }

    /// <summary>
    /// The log announces a geometry before the first frame that has it, but frames of the old one may still be in the pipe: the size tells them apart.
    /// Where both have the same number of bytes (a camera turned by 90 degrees) nothing does, so the run ends.
    /// </summary>
    private bool MatchGeometry(int bytes)
    {
        while (Layout.SizeInBytes != bytes && Log.Geometries.TryDequeue(out var next))
        {
            if (next.Width is < 1 or > ImageLayout.MaxSide || next.Height is < 1 or > ImageLayout.MaxSide)
            {
                return false;
            }

            _pool = new FramePool(_id, new ImageLayout(_options.Format, next.Width, next.Height), _options.PoolFrames);
        }

        if (Log.Geometries.TryPeek(out var coming) && (coming.Width, coming.Height) == (Layout.Width, Layout.Height))
        {
            Log.Geometries.Dequeue();
        }

        var ambiguous = Log.Geometries.TryPeek(out coming) && new ImageLayout(_options.Format, coming.Width, coming.Height).SizeInBytes == bytes;
        return Layout.SizeInBytes == bytes && !ambiguous;
    }
}
