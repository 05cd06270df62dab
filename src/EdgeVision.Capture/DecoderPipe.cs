using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace EdgeVision.Capture;

/// <summary>Bytes from the decoder's output, its log read on the way. Waits at most a tenth of a second before it looks for a stop.</summary>
/// <remarks>Headers go through a small window, payload straight into the frame. No allocation after construction. The reading thread.</remarks>
internal sealed unsafe class DecoderPipe
{
    private const int SliceMilliseconds = 100, PipeBytes = 1 << 20, WindowBytes = 8192;
    private readonly byte[] _window = new byte[WindowBytes];
    private readonly byte[] _logBytes = new byte[2048];
    private readonly byte[] _waste = new byte[WindowBytes * 8];
    private readonly PipeStream _output;
    private readonly PipeStream _logStream;
    private readonly DecoderLog _log;
    private readonly Func<PipeOutcome> _check;
    private int _start;
    private int _end;
    private bool _logEnded;

    /// <param name="decoder">The running program.</param>
    /// <param name="log">Fed with what the program says.</param>
    /// <param name="check">Asked after every silent slice; anything but Data ends the waiting.</param>
    public DecoderPipe(DecoderProcess decoder, DecoderLog log, Func<PipeOutcome> check)
    {
        (_output, _logStream, _log, _check) = (decoder.Output, decoder.Log, log, check);
        // as large as an unprivileged process may: fewer switches between the two processes; less is no error
        _ = Libc.Fcntl(Fd(_output), Libc.SetPipeSize, PipeBytes);
    }

    public ReadOnlySpan<byte> Window => _window.AsSpan(_start, _end - _start);

    /// <summary>Adds at least one byte to the window.</summary>
    public PipeOutcome More()
    {
        Window.CopyTo(_window);
        (_start, _end) = (0, _end - _start);
        if (_end == WindowBytes)
        {
            return PipeOutcome.Corrupt;
        }

        var outcome = Receive(_window.AsSpan(_end), out var got);
        _end += got;
        return outcome;
    }

    public PipeOutcome ReadExactly(Span<byte> into)
    {
        var known = Math.Min(into.Length, _end - _start);
        _window.AsSpan(_start, known).CopyTo(into);
        _start += known;
        for (var done = known; done < into.Length;)
        {
            if (Receive(into[done..], out var got) is var outcome and not PipeOutcome.Data)
            {
                return outcome;
            }

            done += got;
        }

        return PipeOutcome.Data;
    }

    public PipeOutcome Skip(long count)
    {
        var outcome = PipeOutcome.Data;
        for (; count > 0 && outcome == PipeOutcome.Data;)
        {
            var step = (int)Math.Min(count, _waste.Length);
            outcome = ReadExactly(_waste.AsSpan(0, step));
            count -= step;
        }

        return outcome;
    }

    /// <summary>Reads what the log has by now; at the end of the decoder, all of it.</summary>
    public void DrainLog(int milliseconds)
    {
        while (!_logEnded)
        {
            var fd = new Libc.PollFd { Fd = Fd(_logStream), Events = Libc.PollIn };
            if (Libc.Poll(&fd, 1, milliseconds) <= 0)
            {
                return;
            }

            ReadLog();
        }
    }

    private PipeOutcome Receive(Span<byte> into, out int got)
    {
        got = 0;
        var fds = stackalloc Libc.PollFd[2];
        while (true)
        {
            fds[0] = new() { Fd = Fd(_output), Events = Libc.PollIn };
            fds[1] = new() { Fd = _logEnded ? -1 : Fd(_logStream), Events = Libc.PollIn };
            Libc.Poll(fds, 2, SliceMilliseconds);
            if (fds[1].Returned != 0)
            {
                ReadLog();
            }

            if (_check() is var outcome and not PipeOutcome.Data)
            {
                return outcome;
            }

            if (fds[0].Returned != 0 && TryRead(_output, into, out got))
            {
                return got > 0 ? PipeOutcome.Data : PipeOutcome.Ended;
            }
        }
    }

    private void ReadLog()
    {
        if (TryRead(_logStream, _logBytes, out var got))
        {
            _logEnded = got <= 0;
            _log.Feed(_logBytes.AsSpan(0, Math.Max(got, 0)));
        }
    }

    /// <returns>False when a signal came first. Any other error counts as the end.</returns>
    private static bool TryRead(PipeStream stream, Span<byte> into, out int got)
    {
        fixed (byte* start = into)
        {
            got = (int)Libc.Read(Fd(stream), start, (nuint)into.Length);
        }

        var interrupted = got < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted;
        got = Math.Max(got, 0);
        return !interrupted;
    }

    private static int Fd(PipeStream stream) => (int)stream.SafePipeHandle.DangerousGetHandle();
}
