using EdgeVision.Imaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Capture;

/// <summary>The pictures of a folder in the order of their names (ordinal), or a single picture; then null, or from the start again.</summary>
/// <remarks>
/// Frames are BGR24 in memory of their own, Pts is the picture's place divided by the frame rate: picture 3 at 2 a second has Pts 1.5 s.
/// A picture that cannot be decoded is counted, logged and skipped; when no picture of the folder can be, that is an exception.
/// One thread reads; <see cref="CurrentName"/> belongs to the frame that the last <see cref="Read"/> gave.
/// </remarks>
public sealed partial class ImageFolderSource : IFrameSource
{
    private const long LargestFile = 256 << 20;
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];
    private readonly FrameSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ImageFolderSource> _logger;
    private readonly StatusBoard _board;
    private readonly string _path;
    private readonly string[] _files;
    private readonly ManualResetEventSlim _stop = new();
    private long _next;
    private long _began;

    /// <exception cref="CaptureException">No picture there.</exception>
    public ImageFolderSource(string id, string path, FrameSourceOptions options, TimeProvider time, ILogger<ImageFolderSource> logger)
    {
        (Id, _path, _options, _time, _logger) = (id, path, options, time, logger);
        _board = new StatusBoard(this);
        _files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(IsPicture).Order(StringComparer.Ordinal)] : [path];
        if (_files.Length == 0)
        {
            throw new CaptureException(CaptureFailure.NotFound, $"{id}: {path}: no picture in this folder ({string.Join(", ", Extensions)})");
        }
    }

    public string Id { get; }

    public SourceStatus Status => _board.Snapshot();

    /// <summary>File name of the last frame, without the folder.</summary>
    public string CurrentName { get; private set; } = "";

    public event Action<IFrameSource, SourceStatus>? StatusChanged
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public Frame? Read(CancellationToken cancellationToken)
    {
        while (WaitForTurn(cancellationToken))
        {
            var index = _next++;
            if (TryDecode(_files[index % _files.Length]) is { } frame)
            {
                frame.Stamp = new FrameStamp(index, TimeSpan.FromSeconds(index / _options.FramesPerSecond), _time.GetTimestamp(), _time.GetUtcNow());
                _board.CountRead(frame.Width, frame.Height);
                return frame;
            }
        }

        return null;
    }

    public void Dispose() => _stop.Set();

    /// <returns>False at the end, or when somebody stopped it.</returns>
    private bool WaitForTurn(CancellationToken cancellationToken)
    {
        var lapDone = _next > 0 && _next % _files.Length == 0;
        if (lapDone && _board.Read == 0)
        {
            ThrowNothingDecoded();
        }

        if (lapDone && !_options.Loop)
        {
            _board.Change(SourceState.Ended, _board.Failure, _board.Snapshot().Detail);
            return false;
        }

        _began = _next == 0 ? _time.GetTimestamp() : _began;
        var due = TimeSpan.FromSeconds(_next / _options.FramesPerSecond);
        while (_options.Paced && !Stopping(cancellationToken) && _time.GetElapsedTime(_began) is var elapsed && elapsed < due)
        {
            _stop.Wait(TimeSpan.FromMilliseconds(Math.Clamp((due - elapsed).TotalMilliseconds, 1, 50)), CancellationToken.None);
        }

        return !Stopping(cancellationToken);
    }

    private bool Stopping(CancellationToken cancellationToken) => _stop.IsSet || cancellationToken.IsCancellationRequested;

    private Frame? TryDecode(string file)
    {
        // In a hospital a file's name is a patient's: on a device that reports it never stands in a log or a status, the picture's place in the folder does.
        var name = _options.Live ? $"picture {Array.IndexOf(_files, file) + 1} of {_files.Length} (by name)" : file;
        try
        {
            if (new FileInfo(file).Length > LargestFile)
            {
                throw new ImageException($"{name} is larger than {LargestFile >> 20} MiB.");
            }

            var frame = ImageCodec.Decode(File.ReadAllBytes(file), name, sourceId: Id);
            CurrentName = Path.GetFileName(file);
            return frame;
        }
        catch (Exception problem) when (problem is ImageException or IOException or UnauthorizedAccessException)
        {
            var reason = problem is ImageException || !_options.Live ? problem.Message : $"{name} cannot be read.";
            _board.CountErrors(1);
            _board.Change(_board.State, CaptureFailure.Undecodable, reason);
            Log.Skipped(_logger, Id, reason);
            return null;
        }
    }

    private void ThrowNothingDecoded()
    {
        var detail = _board.Snapshot().Detail;
        _board.Change(SourceState.Ended, CaptureFailure.Undecodable, detail);
        throw new CaptureException(CaptureFailure.Undecodable, $"{Id}: {_path}: no picture here can be decoded ({detail})");
    }

    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Warning, "{Camera}: picture skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, string camera, string reason);
    }
}
