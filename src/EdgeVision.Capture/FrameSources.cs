using Microsoft.Extensions.Logging;

namespace EdgeVision.Capture;

/// <summary>From what the user wrote to the source that reads it.</summary>
public static class FrameSources
{
    private static readonly string[] NetworkSchemes = ["rtsp://", "rtsps://", "http://", "https://"];

    /// <param name="id">The camera's name in the configuration.</param>
    /// <param name="uri">rtsp://, http(s)://, file://, synthetic://intersection, or the path of a video, a picture or a folder of pictures.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="time">The process's clock.</param>
    /// <param name="loggers">For the source's log.</param>
    /// <exception cref="CaptureException">Nothing here reads that, there is no such file, or a synthetic scene has no such option.</exception>
    public static IFrameSource Open(string id, string uri, FrameSourceOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        if (NetworkSchemes.Any(scheme => uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return Ffmpeg(id, uri, options, options.Live, time, loggers);
        }

        if (uri.StartsWith(SyntheticAddress.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new SyntheticSource(id, SyntheticAddress.Parse(id, uri), options, time);
        }

        var path = PathOf(id, uri);
        if (Directory.Exists(path) || (File.Exists(path) && ImageFolderSource.IsPicture(path)))
        {
            return new ImageFolderSource(id, path, options, time, loggers.CreateLogger<ImageFolderSource>());
        }

        return File.Exists(path)
            ? Ffmpeg(id, path, options, reopen: options.Live && options.Loop, time, loggers)
            : throw new CaptureException(CaptureFailure.NotFound, $"{id}: {path}: no such file or folder: check the path, or write a URL that begins with {string.Join(" or ", NetworkSchemes)}");
    }

    private static FfmpegSource Ffmpeg(string id, string url, FrameSourceOptions options, bool reopen, TimeProvider time, ILoggerFactory loggers)
    {
        var ffmpeg = new FfmpegOptions
        {
            Url = url, Reopen = reopen, Paced = options.Paced, Loop = options.Loop, Format = options.Format,
            ExtraInputArguments = options.ExtraInputArguments, RtspTransport = options.RtspTransport, StallSeconds = options.StallSeconds,
            MaxBackoffSeconds = options.MaxBackoffSeconds, PoolFrames = options.PoolFrames, FfmpegPath = options.FfmpegPath,
        };
        return new FfmpegSource(id, ffmpeg, time, loggers.CreateLogger<FfmpegSource>());
    }

    private static string PathOf(string id, string uri)
    {
        if (uri.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            return new Uri(uri).LocalPath;
        }

        if (uri.StartsWith("/dev/video", StringComparison.Ordinal))
        {
            throw new CaptureException(CaptureFailure.Other, $"{id}: {uri}: USB cameras are not in this version; serve it over RTSP, or use a file");
        }

        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0
            ? Path.GetFullPath(uri)
            : throw new CaptureException(CaptureFailure.Other, $"{id}: {uri[..scheme]}:// is not in this version; write rtsp://, http://, https://, file://, synthetic:// or a path");
    }
}
