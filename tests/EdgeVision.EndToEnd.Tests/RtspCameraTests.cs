using System.Diagnostics;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon on a camera that does what cameras do: die, come back, fall silent.</summary>
public sealed class RtspCameraTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _folder = new();

    private static string Clip => TestData.Require("video/street_inbound_8_vehicles.mp4");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CameraDiesAndComesBack_FirstInferenceWithinTenSecondsAndNoneInBetween()
    {
        var server = RtspServer.Start(Clip);
        try
        {
            using var hub = new SiteHub(_folder.File("hub"));
            using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), server.Url(), hub.Enrol("cam-1"));
            device.WaitForFrames(20);

            server.Dispose();
            Eventually.True(() => device.Metric("edgevision_camera_streaming") == 0, Soon, () => device.Program.Output);
            var seen = device.Metric("edgevision_frames_processed_total");
            Thread.Sleep(3000);
            // a camera that is away is no empty street: nothing is looked at, and the interval says why
            Assert.Equal(seen, device.Metric("edgevision_frames_processed_total"));

            server = RtspServer.Start(Clip, server.Port);
            var watch = Stopwatch.StartNew();
            device.WaitForFrames(seen + 1);
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);

            Eventually.True(() => Events(hub).Count(name => name == "camera.streaming") >= 2, Soon, () => string.Join(' ', Events(hub)));
            Assert.Contains("camera.lost", Events(hub));
            Assert.Contains(hub.Telemetry("cam-1").Select(message => message.GetProperty("body")), IsIntervalWithoutData);
        }
        finally
        {
            server.Dispose();
        }
    }

    [Fact]
    public void Run_CameraThatSendsNothing_IsStalledAndNeverMadeUp()
    {
        using var server = RtspServer.Start(Clip);
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), server.Url("silent"));

        Eventually.True(() => device.Get("status.json")?.Contains("\"failure\":\"Stalled\"", StringComparison.Ordinal) == true, Soon, () => device.Get("status.json") ?? "");

        Assert.Equal(0, device.Metric("edgevision_frames_processed_total"));
    }

    private static List<string?> Events(SiteHub hub) =>
    [
        .. hub.Telemetry("cam-1").Select(message => message.GetProperty("body"))
            .Where(body => body.GetProperty("type").GetString() == "event").Select(body => body.GetProperty("event").GetString()),
    ];

    private static bool IsIntervalWithoutData(JsonElement body)
    {
        if (body.GetProperty("type").GetString() != "interval")
        {
            return false;
        }

        var camera = body.GetProperty("cameras")[0];
        return camera.GetProperty("state").GetString() != "Streaming" && camera.GetProperty("failure").GetString() != "None" && camera.GetProperty("frames").GetProperty("processed").GetInt32() == 0;
    }
}
