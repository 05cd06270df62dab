using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>A real RTSP server (GStreamer's, in a Python child) on loopback: /live serves a video looped, /silent accepts PLAY and sends nothing.</summary>
public sealed class RtspServer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process _process;
    private bool _disposed;

    private RtspServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Url(string path = "live", string credentials = "") => $"rtsp://{credentials}127.0.0.1:{Port}/{path}";

    /// <param name="video">H.264 in any container.</param>
    /// <param name="port">0 takes a free one; a server that comes back takes its old one.</param>
    /// <param name="more">--user U --password P, or --switch-to FILE.</param>
    public static RtspServer Start(string video, int port = 0, params string[] more)
    {
        Assert.SkipUnless(IsInstalled(), "needs the packages gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good and -bad");
        var script = Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Testing", "rtsp_server.py");
        var start = new ProcessStartInfo(Python, [script, video, "--port", port.ToString(CultureInfo.InvariantCulture), .. more]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine();
        return line?.Split(' ') is ["port", var listening]
            ? new RtspServer(process, int.Parse(listening, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{script} did not start: {line}");
    }

    /// <summary>Like a power cut: nobody is told.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsInstalled()
    {
        const string Probe = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst; Gst.init(None); exit(0 if Gst.ElementFactory.find('rtph264pay') and Gst.ElementFactory.find('h264parse') else 1)";
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", Probe]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
