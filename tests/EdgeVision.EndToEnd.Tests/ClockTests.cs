using System.Globalization;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon under a wall clock of our own (libfaketime); the monotonic one stays the kernel's.</summary>
public sealed class ClockTests : IDisposable
{
    private const string DeviceId = "cam-1", Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_BootIn1970_SeesAtOnceTriesNoTlsAndConnectsWithin30SecondsOfTheStep()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = Start(hub, "@1970-01-01 00:00:10");
        device.WaitForFrames(20);

        var status = device.Status;
        Assert.Equal(("ClockUnset", "unsynced", 0), (status.GetProperty("hub").GetProperty("failure").GetString(), status.GetProperty("clock").GetString(), status.GetProperty("hub").GetProperty("connects").GetInt64()));
        SetClock("+0");

        Eventually.True(() => Bodies(hub).Any(body => Event(body) == "clock.stepped"), TimeSpan.FromSeconds(30), () => device.Program.Output + device.Program.Error);
        var bodies = Bodies(hub);
        Assert.Equal(("daemon.started", "unsynced"), (Event(bodies[0]), bodies[0].GetProperty("clock").GetString()));
        Assert.Equal(("clock.stepped", "stepped"), bodies.Where(body => Event(body) == "clock.stepped").Select(body => (Event(body), body.GetProperty("clock").GetString())).Single());
        AssertInOrder(bodies);
    }

    [Fact]
    public void Run_ClockStepsAnHourForthAndBack_NothingRestartsAndRatesStayRight()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = Start(hub, "+0");
        var booted = "";
        Eventually.True(() => (booted = Intervals(hub).Select(body => body.GetProperty("bootId").GetString()!).FirstOrDefault() ?? "").Length > 0, TimeSpan.FromSeconds(30));
        var decoders = device.Children;

        foreach (var offset in new[] { "+3600", "-3600", "+0" })
        {
            var steps = Bodies(hub).Count(body => Event(body) == "clock.stepped");
            SetClock(offset);
            Eventually.True(() => Bodies(hub).Count(body => Event(body) == "clock.stepped") > steps, TimeSpan.FromSeconds(20), () => device.Program.Output);
            var intervals = Intervals(hub).Count;
            Eventually.True(() => Intervals(hub).Count >= intervals + 2, TimeSpan.FromSeconds(20));
        }

        Assert.False(device.Program.HasExited);
        Assert.Equal(decoders, device.Children);
        Assert.Equal([3600, -7200, 3600], Bodies(hub).Where(body => Event(body) == "clock.stepped").Select(Step));
        AssertInOrder(Bodies(hub));
        Assert.All(Intervals(hub).Skip(1), interval =>
        {
            // one second each, 24 frames/s, whatever the wall says
            Assert.Equal(booted, interval.GetProperty("bootId").GetString());
            Assert.InRange(interval.GetProperty("seconds").GetDouble(), 0.5, 3);
            Assert.InRange(interval.GetProperty("cameras")[0].GetProperty("fps").GetDouble(), 12, 36);
        });
    }

    private Device Start(SiteHub hub, string clock)
    {
        Assert.SkipUnless(File.Exists(Library), "needs Debian's faketime: make setup-test installs it");
        SetClock(clock);
        return new Device(
            _folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"), hub.Enrol(DeviceId), "", null,
            "/usr/bin/env", "LD_PRELOAD=" + Library, "FAKETIME_TIMESTAMP_FILE=" + _folder.File("clock"), "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0");
    }

    /// <summary>@ = runs from there; + or - = seconds beside the kernel's.</summary>
    private void SetClock(string clock)
    {
        File.WriteAllText(_folder.File("clock.new"), clock + "\n");
        File.Move(_folder.File("clock.new"), _folder.File("clock"), overwrite: true);
    }

    private static List<JsonElement> Bodies(SiteHub hub) => [.. hub.Telemetry(DeviceId).Select(message => message.GetProperty("body"))];

    private static List<JsonElement> Intervals(SiteHub hub) => [.. Bodies(hub).Where(body => body.GetProperty("type").GetString() == "interval")];

    private static int Step(JsonElement body) => (int)Math.Round(double.Parse(body.GetProperty("detail").GetString()!.TrimEnd('s', ' '), CultureInfo.InvariantCulture));

    private static string? Event(JsonElement body) => body.TryGetProperty("event", out var name) ? name.GetString() : null;

    private static void AssertInOrder(List<JsonElement> bodies)
    {
        Assert.Equal(Enumerable.Range(0, bodies.Count).Select(i => (long)i), bodies.Select(body => body.GetProperty("sequence").GetInt64()));
        Assert.Equal(bodies.Select(body => body.GetProperty("uptime").GetDouble()).Order(), bodies.Select(body => body.GetProperty("uptime").GetDouble()));
    }
}
