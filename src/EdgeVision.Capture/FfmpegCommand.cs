using System.Globalization;
using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>The decoder's command line: any input in; NUT with raw pictures on standard output, its log on standard error.</summary>
/// <remarks>
/// NUT, because a frame then carries its own length and time. "-autoscale 0", because otherwise a camera that changes its resolution is
/// quietly stretched to the old one. "verbose", because the crop filter then says the new geometry before the first such frame comes out.
/// Live input gets slice threads only (frame threads hold back one picture per core) but not "nobuffer", which throws the probed
/// packets away, the first key frame among them.
/// </remarks>
internal static class FfmpegCommand
{
    public static List<string> Arguments(FfmpegOptions options, bool oldOptionNames) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "repeat+level+verbose",
        .. options.ExtraInputArguments,
        .. Input(options),
        "-i", options.Url,
        "-map", "0:v:0", "-an", "-sn", "-dn",
        oldOptionNames ? "-vsync" : "-fps_mode", "passthrough",
        "-autoscale", "0", "-enc_time_base", "1:1000000",
        "-vf", Filters(options.Format), "-c:v", "rawvideo", "-f", "nut", "pipe:1",
    ];

    private static IEnumerable<string> Input(FfmpegOptions options)
    {
        if (options.Url.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase))
        {
            yield return "-rtsp_transport";
            yield return options.RtspTransport.ToString().ToLower(CultureInfo.InvariantCulture);
            yield return "-allowed_media_types";
            yield return "video";
        }

        if (options.IsNetwork)
        {
            foreach (var argument in (string[])["-thread_type", "slice", "-analyzeduration", "1000000", "-fpsprobesize", "0"])
            {
                yield return argument;
            }
        }

        if (options.Paced && !options.IsNetwork)
        {
            yield return "-re";
        }

        if (options.Loop && !options.IsNetwork)
        {
            yield return "-stream_loop";
            yield return "-1";
        }
    }

    /// <summary>NV12 needs even sides: an odd last row or column is cut off. Y is always 16..235, so that only the matrix is left to know.</summary>
    private static string Filters(PixelFormat format) => format switch
    {
        PixelFormat.Nv12 => "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,scale=out_range=tv,format=nv12",
        PixelFormat.Bgr24 => "crop=iw:ih:0:0,format=bgr24",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The decoder gives Nv12 or Bgr24."),
    };
}
