using EdgeVision.Imaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Capture.Tests;

/// <summary>Opens sources and reads them, the way the daemon does: one thread a source.</summary>
internal static class Sources
{
    public static FfmpegSource Open(FfmpegOptions options) => new("cam", options, TimeProvider.System, NullLogger<FfmpegSource>.Instance);

    /// <summary>Every frame to the end, as (width, height, stamp).</summary>
    public static List<(int Width, int Height, FrameStamp Stamp)> ReadAll(IFrameSource source)
    {
        var frames = new List<(int, int, FrameStamp)>();
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                frames.Add((frame.Width, frame.Height, frame.Stamp));
            }
        }

        return frames;
    }

    /// <summary>A picture sequence of ffmpeg's own making, encoded the given way.</summary>
    public static void Make(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start("ffmpeg", ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", .. arguments]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
