using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>How <see cref="FrameSources.Open"/> opens what it is given; each source takes what concerns it.</summary>
public sealed record FrameSourceOptions
{
    /// <summary>Run as a camera: network sources are reopened for ever. False: what ends, ends, and what fails, throws. Default true.</summary>
    public bool Live { get; init; } = true;

    /// <summary>A file or folder comes in real time. Default false.</summary>
    public bool Paced { get; init; }

    /// <summary>A file or folder starts again at its end. Default false.</summary>
    public bool Loop { get; init; }

    /// <summary>Of a folder of pictures. Default 1.</summary>
    public double FramesPerSecond { get; init; } = 1;

    public PixelFormat Format { get; init; } = PixelFormat.Nv12;

    public IReadOnlyList<string> ExtraInputArguments { get; init; } = [];

    public RtspTransport RtspTransport { get; init; }

    public double StallSeconds { get; init; } = 5;

    public double MaxBackoffSeconds { get; init; } = 30;

    public int PoolFrames { get; init; } = 4;

    public string FfmpegPath { get; init; } = "ffmpeg";
}
