using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>One input for <see cref="FfmpegSource"/>.</summary>
public sealed record FfmpegOptions
{
    /// <summary>A file path, or rtsp://, rtsps://, http://, https://.</summary>
    /// <remarks>
    /// Credentials in it are never logged or shown, but they do stand in the decoder's command line, which users of the same machine can see in /proc:
    /// ffmpeg takes its input from nowhere else. Run the daemon as a user of its own and mount /proc with hidepid=2 where that matters.
    /// </remarks>
    public required string Url { get; init; }

    /// <summary>Nv12 or Bgr24. Default Nv12: half the bytes on the pipe and no colour conversion in the decoder.</summary>
    public PixelFormat Format { get; init; } = PixelFormat.Nv12;

    /// <summary>Put before the input, for example -hwaccel vaapi. Default none.</summary>
    public IReadOnlyList<string> ExtraInputArguments { get; init; } = [];

    /// <summary>Default Tcp.</summary>
    public RtspTransport RtspTransport { get; init; }

    /// <summary>A network source without a frame for so long is stalled. Default 5; must exceed the camera's key frame interval.</summary>
    public double StallSeconds { get; init; } = 5;

    /// <summary>Frames come in real time; what nobody has room for is skipped. Default false: as fast as they are read, none skipped.</summary>
    public bool Paced { get; init; }

    /// <summary>Reconnect for ever instead of ending or throwing. Default false.</summary>
    public bool Reopen { get; init; }

    /// <summary>A file starts again at its end, for ever. Default false.</summary>
    public bool Loop { get; init; }

    /// <summary>The longest wait before a source is opened again. Default 30.</summary>
    public double MaxBackoffSeconds { get; init; } = 30;

    /// <summary>Frames in the pool. Default 4: being filled, waiting, being looked at, to spare.</summary>
    public int PoolFrames { get; init; } = 4;

    /// <summary>The decoder program: a path, or a name looked up in PATH. Default ffmpeg.</summary>
    public string FfmpegPath { get; init; } = "ffmpeg";

    /// <summary>Whether it comes over the network, where silence means trouble.</summary>
    internal bool IsNetwork => Url.Contains("://", StringComparison.Ordinal) && !Url.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether time goes on without us: then a frame without a free buffer is skipped, otherwise waited for.</summary>
    internal bool IsLive => Paced || (IsNetwork && Reopen);
}
