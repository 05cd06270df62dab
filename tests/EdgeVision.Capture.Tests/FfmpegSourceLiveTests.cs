using System.Diagnostics;
using System.Globalization;

namespace EdgeVision.Capture.Tests;

/// <summary>Against a real RTSP server on loopback.</summary>
[Collection(nameof(RunsAlone))]
public class FfmpegSourceLiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static string Clip => TestData.Require("video/street_inbound_8_vehicles.mp4");

    [Fact]
    public void Read_ServerDiesAndComesBack_FirstFrameWithinTenSecondsAndNothingLeaks()
    {
        var cycles = int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "5", CultureInfo.InvariantCulture);
        var server = RtspServer.Start(Clip);
        using var reader = new LiveReader(new() { Url = server.Url(), Reopen = true });
        reader.WaitForFrames(10, Patience);
        var (files, threads) = (Footprint.Files, Footprint.Threads);

        for (var cycle = 0; cycle < cycles; cycle++)
        {
            server.Dispose();
            reader.WaitFor(status => status.State == SourceState.Waiting, Patience);
            server = RtspServer.Start(Clip, server.Port);
            reader.WaitForFrames(1, TimeSpan.FromSeconds(10));
        }

        reader.WaitForFrames(10, Patience);
        Assert.Equal(cycles, reader.Source.Status.Reopens, cycles * 8.0);
        Assert.InRange(Footprint.Files - files, -4, 2);
        Assert.InRange(Footprint.Threads - threads, -40, 3);
        server.Dispose();
    }

    [Fact]
    public void Read_ServerSendsNothing_IsStalledWithinFiveSecondsAndGivesNoFrame()
    {
        using var server = RtspServer.Start(Clip);
        using var reader = new LiveReader(new() { Url = server.Url("silent"), Reopen = true });

        var failed = reader.WaitFor(status => status.State == SourceState.Waiting, Patience);

        Assert.Equal(CaptureFailure.Stalled, failed.Failure);
        Assert.InRange(reader.Since.Elapsed.TotalSeconds, 4.5, 8); // 5 s, and a busy machine's delay
        reader.WaitFor(status => status.Reopens > 0, Patience);
        Assert.Equal(0, reader.Source.Status.FramesRead);
    }

    [Fact]
    public void Read_CameraUnreachable_SaysWhichWay()
    {
        using var server = RtspServer.Start(Clip, 0, "--user", "admin", "--password", "s3cr3t-word");
        (string Url, CaptureFailure Failure)[] cases =
        [
            ("rtsp://nosuch.invalid/live", CaptureFailure.NameNotFound),
            ("rtsp://127.0.0.1:1/live", CaptureFailure.Refused),
            (server.Url("live", "admin:wr0ng-word@"), CaptureFailure.Unauthorized),
            (server.Url("nothing", "admin:s3cr3t-word@"), CaptureFailure.NotFound),
        ];
        foreach (var (url, failure) in cases)
        {
            using var source = Sources.Open(new() { Url = url });
            var problem = Assert.Throws<CaptureException>(() => source.Read(CancellationToken.None));
            Assert.Equal(failure, problem.Failure);
            Assert.DoesNotContain("-word", problem.Message + source.Status.Detail, StringComparison.Ordinal);
        }

        using var good = Sources.Open(new() { Url = server.Url("live", "admin:s3cr3t-word@") });
        using var frame = good.Read(CancellationToken.None);
        Assert.Equal(640, frame!.Width);
    }

    [Fact]
    public void Read_CameraComesBackWithAnotherResolution_NewGeometryAndNoGarbledFrame()
    {
        using var folder = new TemporaryDirectory();
        foreach (var (size, name) in (ReadOnlySpan<(string, string)>)[("320x240", "a.mp4"), ("640x352", "b.mp4")])
        {
            Sources.Make("-f", "lavfi", "-i", $"color=gray:s={size}:r=10:d=3", "-c:v", "libx264", "-bf", "0", folder.File(name));
        }

        using var server = RtspServer.Start(folder.File("a.mp4"), 0, "--switch-to", folder.File("b.mp4"));
        using var source = Sources.Open(new() { Url = server.Url(), Reopen = true });
        var widths = new List<int>();
        var watch = Stopwatch.StartNew();
        while (widths.Count < 3 && watch.Elapsed < Patience)
        {
            using var frame = source.Read(CancellationToken.None)!;
            Assert.True(frame.Pixels[..(frame.Width * frame.Height)].IndexOfAnyExceptInRange((byte)118, (byte)134) < 0, "grey is Y 126 everywhere");
            if (widths.LastOrDefault() != frame.Width)
            {
                widths.Add(frame.Width);
            }
        }

        Assert.Equal([320, 640, 320], widths);
    }
}
