using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The main job, whole: frames in, detections at the hub, a new model over the air, through the published programs.</summary>
public sealed class MainJobTests : IDisposable
{
    private const string DeviceId = "street-cam-1";
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_VideoWithHub_DetectionsArriveAndASecondModelTakesOverWithoutALostFrame()
    {
        var first = Published.Model("yolox-nano");
        var second = Published.Model("fastestdet");
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), first, TestData.Require("video/street_inbound_8_vehicles.mp4"), hub.Enrol(DeviceId));

        Eventually.True(() => Intervals(hub, "yolox-nano").Count >= 3, TimeSpan.FromSeconds(40), () => device.Program.Error);
        var dropped = device.Metric("edgevision_frames_dropped_total");
        var release = Release(hub, second);

        Eventually.True(() => ActiveDigest(hub) == "sha256:" + release.ManifestSha256, TimeSpan.FromSeconds(40), () => device.Program.Error);
        Eventually.True(() => Intervals(hub, "fastestdet").Count >= 2, TimeSpan.FromSeconds(30), () => device.Program.Error);

        Assert.Equal(dropped, device.Metric("edgevision_frames_dropped_total"));
        AssertOneModelEachAndNoGap(hub);
    }

    [Fact]
    public void Run_KilledAnywhereInAnUpdate_ServesExactlyOneGoodModelAfterwards()
    {
        var packages = new[] { Published.Model("yolox-nano"), Published.Model("fastestdet") };
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), packages[0], TestData.Require("video/street_inbound_8_vehicles.mp4"), hub.Enrol(DeviceId));
        device.WaitForFrames(5);
        var random = new Random(20261123);

        for (var round = 0; round < 6; round++)
        {
            Release(hub, packages[(round + 1) % 2]);
            Thread.Sleep(random.Next(0, 1500));
            device.Program.Signal(9);
            device.Start();
            device.WaitForFrames(1);
        }

        // two kills within one trial block a model, as one that ends the process would be: a person says that it was not the model
        var last = Release(hub, packages[1]);
        Eventually.True(() => IsActiveOrApproved(hub, last.ManifestSha256), TimeSpan.FromSeconds(90), () => hub.Reported(DeviceId).GetRawText() + device.Program.Error);
    }

    [Fact]
    public void Invoke_PingAndStatus_AreAnswered()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"), hub.Enrol(DeviceId));
        Eventually.True(() => Intervals(hub, "fastestdet").Count >= 1, TimeSpan.FromSeconds(40), () => device.Program.Error);

        Assert.Equal(200, hub.Command("invoke", DeviceId, "ping").RootElement.GetProperty("status").GetInt32());
        var status = hub.Command("invoke", DeviceId, "status").RootElement.GetProperty("payload");
        Assert.Equal("fastestdet", status.GetProperty("model").GetProperty("name").GetString());
    }

    [Fact]
    public void Run_HubThatRefuses_SaysSoAndGoesOnSeeing()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        var enrolled = hub.Enrol(DeviceId);
        hub.Command("device", "disable", DeviceId, "--json");
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"), enrolled);

        device.WaitForFrames(20);
        Eventually.True(
            () => (device.Program.Output + device.Program.Error).Contains("refused", StringComparison.OrdinalIgnoreCase)
                || (device.Program.Output + device.Program.Error).Contains("nauthorized", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            () => device.Program.Output + device.Program.Error);
        Assert.False(device.Program.HasExited);
    }

    private static (string ManifestSha256, string Version) Release(SiteHub hub, string package)
    {
        var released = hub.Command("model", "publish", package).RootElement;
        var version = released.GetProperty("version").GetString()!;
        hub.Command("rollout", DeviceId, released.GetProperty("model").GetString()!, version);
        return (released.GetProperty("manifestSha256").GetString()!, version);
    }

    private static bool IsActiveOrApproved(SiteHub hub, string manifestSha256)
    {
        if (hub.Reported(DeviceId).GetProperty("modelUpdate") is var update && update.GetProperty("state").GetString() == "Blocked")
        {
            hub.Command("invoke", DeviceId, "modelUpdate.approve", $$"""{"deploymentId":"{{update.GetProperty("deploymentId").GetString()}}"}""");
        }

        return ActiveDigest(hub) == "sha256:" + manifestSha256;
    }

    private static string? ActiveDigest(SiteHub hub) =>
        hub.Reported(DeviceId).TryGetProperty("modelUpdate", out var update) && update.TryGetProperty("active", out var active) ? active.GetString() : null;

    private static List<JsonElement> Intervals(SiteHub hub, string model) =>
    [
        .. hub.Telemetry(DeviceId).Select(message => message.GetProperty("body"))
            .Where(body => body.GetProperty("type").GetString() == "interval" && body.GetProperty("model").GetProperty("name").GetString() == model),
    ];

    private static void AssertOneModelEachAndNoGap(SiteHub hub)
    {
        var bodies = hub.Telemetry(DeviceId).Select(message => message.GetProperty("body")).ToList();
        Assert.Equal(Enumerable.Range(0, bodies.Count).Select(i => bodies[0].GetProperty("sequence").GetInt64() + i), bodies.Select(body => body.GetProperty("sequence").GetInt64()));
        Assert.All(bodies, body => Assert.StartsWith("sha256:", body.GetProperty("model").GetProperty("digest").GetString(), StringComparison.Ordinal));
    }
}
