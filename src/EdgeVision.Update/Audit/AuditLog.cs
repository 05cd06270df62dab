using System.Globalization;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>Who changed the model when: lines of JSON of which each holds the digest of the one before, so that what is taken out, edited or cut off shows.</summary>
/// <remarks>
/// In: events of updates. Out: <c>audit-N.jsonl</c> in one directory, each line on the disk when Append returns; <see cref="Head"/>, which the twin reports, so that
/// the hub holds the other end of the chain. Example, two entries: line 2 holds prev = SHA-256 of line 1, and Head is <c>sha256:</c> and that of line 2.
/// Bounded: past the limit the oldest quarter goes, and an entry <c>audit.rotated</c> holds the digest of the last line that went. A line that a power cut tore is cut off
/// at the next start, and an entry <c>audit.cut</c> says so. A disk that refuses never stops an update: entries that were lost are counted in <c>audit.lost</c>.
/// Whoever can write the directory can write a whole new chain: only the head that the hub holds tells. Any thread.
/// </remarks>
public sealed partial class AuditLog
{
    /// <summary>Events that the log itself writes.</summary>
    internal const string Rotated = "audit.rotated", Cut = "audit.cut", Lost = "audit.lost";

    private const int Quarters = 4;
    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly long _quarter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private AuditTail _tail;
    private int _lost;

    /// <param name="maxBytes">Of all files together.</param>
    public AuditLog(string directory, long maxBytes, TimeProvider time, ILogger logger)
    {
        (_directory, _quarter, _time, _logger, _tail) = (directory, maxBytes / Quarters, time, logger, AuditTail.Empty(directory));
        Guarded(() =>
        {
            Directory.CreateDirectory(directory);
            _tail = AuditTail.Read(directory);
            if (_tail.Torn > 0)
            {
                Log.WasTorn(logger, _tail.Path, _tail.Torn);
                Write(string.Create(CultureInfo.InvariantCulture, $"{Cut} {_tail.Torn} bytes"));
            }
        });
    }

    /// <summary><c>sha256:</c> and the digest of the last line; empty while there is none.</summary>
    public string Head
    {
        get
        {
            lock (_gate)
            {
                return _tail.Seq == 0 ? "" : "sha256:" + _tail.Digest;
            }
        }
    }

    /// <param name="event">What happened, for example <c>Downloading-&gt;Verified</c>; at most 64 letters.</param>
    /// <param name="digest">Of the package: hex, with or without <c>sha256:</c>.</param>
    public void Append(string @event, string? deploymentId, string? digest, UpdateCode code)
    {
        lock (_gate)
        {
            _lost++; // until it is written
            Guarded(() =>
            {
                Rotate();
                if (_lost > 1)
                {
                    Write(string.Create(CultureInfo.InvariantCulture, $"{Lost} {_lost - 1} entries"));
                    _lost = 1;
                }

                Write(@event, deploymentId ?? "", Named(digest), (int)code);
                _lost = 0;
            });
        }
    }

    /// <summary>Reads the whole log and says whether it is the one that was written; changes nothing.</summary>
    /// <param name="head">What the twin reports as <c>auditHead</c>: without it a cut-off end cannot be told from one that was never written.</param>
    public static AuditVerdict Verify(string directory, string? head = null) => new AuditCheck().Run(directory, head);

    private void Write(string @event, string deploymentId = "", string digest = "", int code = 0)
    {
        var mono = (long)(_time.GetTimestamp() * 1000.0 / _time.TimestampFrequency);
        var line = new AuditEntry(_tail.Seq + 1, _time.GetUtcNow(), mono, @event, deploymentId, digest, code, _tail.Digest).ToLine();
        _tail = _tail.Append(line);
    }

    private void Rotate()
    {
        if (_tail.Length < _quarter)
        {
            return;
        }

        var files = AuditFiles.In(_directory);
        _tail = AuditTail.Next(_directory, _tail);
        foreach (var (old, following) in files.SkipLast(Quarters - 1).Zip(files.Skip(1)))
        {
            // said before it is done: after a power cut in between the old file is still there, and still fits
            Write(string.Create(CultureInfo.InvariantCulture, $"{Rotated} before {AuditFiles.FirstOf(following)}"), digest: "sha256:" + AuditTail.PrevOfFirst(following));
            File.Delete(old);
        }
    }

    private static string Named(string? digest) => digest is null or "" || digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest ?? "" : "sha256:" + digest;

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(_logger, _directory, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6070, LogLevel.Warning, "{Path}: a power cut tore the last line; its {Bytes} bytes were cut off")]
        public static partial void WasTorn(ILogger logger, string path, long bytes);

        [LoggerMessage(6071, LogLevel.Error, "The audit log in {Directory} cannot be written, the update goes on: {Problem}")]
        public static partial void NotWritten(ILogger logger, string directory, string problem);
    }
}
