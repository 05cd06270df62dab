using System.Globalization;
using System.Net.Sockets;

namespace EdgeVision.Trainer.Distributed;

/// <summary>A connection to another rank beside MPI, in lines of text: a number that changes as long as the rank is well, <c>failed CODE WHY</c>, or <c>over</c>, after which its end means nothing.</summary>
/// <remarks>The kernel closes it when the process dies of whatever, which is how that is known at once and on any machine.</remarks>
internal sealed class RankLink : IDisposable
{
    private const string Failed = "failed", Over = "over";

    private readonly TimeProvider _clock;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly Lock _gate = new();
    private long _heard;

    public RankLink(NetworkStream stream, TimeProvider clock)
    {
        (_clock, _heard) = (clock, clock.GetTimestamp());
        _reader = new StreamReader(stream);
        _writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>As in <c>rank 1 of 2 (process 4242 on node-b)</c>.</summary>
    public string Peer { get; private set; } = "";

    /// <summary>Since it last showed that it does something.</summary>
    public TimeSpan Silence => _clock.GetElapsedTime(Interlocked.Read(ref _heard));

    /// <summary>Whether it has said that it will end now.</summary>
    public bool IsOver { get; private set; }

    public Task<string?> ReadLineAsync(CancellationToken stop) => _reader.ReadLineAsync(stop).AsTask();

    public void Name(string rank, string ranks, string process, string host) => Peer = $"rank {rank} of {ranks} (process {process} on {host})";

    /// <summary>Reads until it ends.</summary>
    /// <returns>Why it failed and its exit code; null = nothing was said.</returns>
    public async Task<(string Why, int Code)?> ListenAsync()
    {
        var last = "";
        try
        {
            while (await _reader.ReadLineAsync() is { } line)
            {
                IsOver |= line == Over;
                if (line.Split(' ', 3) is [Failed, var code, var why])
                {
                    return (why, int.Parse(code, CultureInfo.InvariantCulture));
                }

                if (line != last)
                {
                    (last, _) = (line, Interlocked.Exchange(ref _heard, _clock.GetTimestamp()));
                }
            }
        }
        catch (IOException)
        {
            // its end, too
        }

        return null;
    }

    public void SayFailed(int code, string why) => Say(FormattableString.Invariant($"{Failed} {code} {why.ReplaceLineEndings(" ")}"));

    public void SayOver() => Say(Over);

    public void Say(string line)
    {
        try
        {
            lock (_gate)
            {
                _writer.WriteLine(line);
            }
        }
        catch (IOException)
        {
            // Whoever listens to it finds that out.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }
}
