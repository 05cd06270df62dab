using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>Cameras, thresholds, masks and intervals set from afar, through the published programs.</summary>
public sealed class RemoteConfigurationTests : IDisposable
{
    private const string DeviceId = "cam-1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15); // S4
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;
    private readonly Device _device;

    public RemoteConfigurationTests()
    {
        // before the hub, because nobody ends the hub of a test that is skipped here
        var (model, street) = (Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"));
        _hub = new SiteHub(_folder.File("hub"));
        _device = new Device(_folder.File("device"), model, street, _hub.Enrol(DeviceId));
        _device.WaitForFrames(5);
        Wait(() => Answer(203), "no answer to no wish");
    }

    public void Dispose()
    {
        _device.Dispose();
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Config_GoodWish_IsInEffectSoonAndTheOtherCameraRunsOn()
    {
        var decoders = _device.Children;
        using var camera = RtspServer.Start(TestData.Require("video/ngsim_us101_seq1_3fps.mp4"));

        Wish($$$"""{"config":{"cameras":{"second":{"source":"{{{camera.Url()}}}","stallSeconds":20} },"telemetry":{"intervalSeconds":2},"model":{"minConfidence":1} } }""");

        Wait(() => Answer(200), "not taken");
        Wait(() => _device.Metric("edgevision_frames_processed_total", "second") >= 3, "the new camera gives nothing");
        Assert.Subset(_device.Children.ToHashSet(), decoders.ToHashSet());
        Wait(() => LastInterval() is { } last && last.GetProperty("seconds").GetDouble() is > 1.8 and < 2.6 && Boxes(last) == 0, "interval or threshold are the old ones");

        Wish("""{"config":{"model":{"minConfidence":0.3}}}""");
        Wait(() => LastInterval() is { } last && Boxes(last) > 0, "the threshold did not come down");
        Assert.Equal(0, _device.Metric("edgevision_camera_reopened_total"));
    }

    [Fact]
    public void Config_BadWish_IsRefusedWithItsPathAndNothingChanges()
    {
        var (decoders, before) = (_device.Children, Reported().GetProperty("value").ToString());

        Wish("""{"config":{"cameras":{"street":{"stallSeconds":900}},"telemetry":{"intervalSeconds":3}}}""");

        Wait(() => Answer(400), "not refused");
        Assert.Equal("config.cameras.street.stallSeconds wants a number from 1 to 300, not 900", Reported().GetProperty("ad").GetString());
        Assert.Equal(before, Reported().GetProperty("value").ToString());
        Assert.Equal(decoders, _device.Children);
    }

    [Fact]
    public void Config_RestartWhileTheHubIsAway_IsStillInEffect()
    {
        Wish("""{"config":{"cameras":{"street":{"masks":[[0,0,1,0,1,0.5,0,0.5]]}},"telemetry":{"intervalSeconds":7}}}""");
        Wait(() => Answer(200), "not taken");
        var hash = _device.Status.GetProperty("configHash").GetString();
        _hub.Kill();
        _device.Program.Signal(9);
        _device.Program.WaitForExit(Soon);

        _device.Start();
        _device.WaitForFrames(5);

        Assert.Equal(hash, _device.Status.GetProperty("configHash").GetString());
        _hub.StartAgain();
        Wait(() => _device.Status.TryGetProperty("hub", out var hub) && hub.GetProperty("state").GetString() == "Connected", "does not come back");
        Assert.Equal(7, Reported().GetProperty("value").GetProperty("telemetry").GetProperty("intervalSeconds").GetDouble());
    }

    [Fact]
    public void Config_SourceWithAPassword_IsNowhereToBeSeenOnTheDeviceOrInWhatItSends()
    {
        const string Canary = "hunter2canary";
        Wish($$$"""{"config":{"cameras":{"gone":{"source":"rtsp://admin:{{{Canary}}}@127.0.0.1:9/live?token={{{Canary}}}"} } } }""");
        Wait(() => Answer(200), "not taken");
        Wait(() => _device.Metric("edgevision_camera_streaming", "gone") == 0 && Telemetry().Contains("camera.lost", StringComparison.Ordinal), "the camera is not missed");

        var artefacts = string.Join('\n', _device.Program.Output, _device.Program.Error, _device.Get("status.json"), _device.Get("metrics"), _hub.Reported(DeviceId).ToString(), Telemetry(),
            _hub.Command("invoke", DeviceId, "logs", """{"lines":500}""").RootElement.ToString(), _hub.Command("invoke", DeviceId, "status").RootElement.ToString(), _hub.Command("invoke", DeviceId, "selftest").RootElement.ToString());
        Assert.DoesNotContain(Canary, artefacts, StringComparison.Ordinal);
        Assert.Contains("rtsp://***@127.0.0.1:9/live?token=***", artefacts, StringComparison.Ordinal);
    }

    private void Wish(string patch) => _hub.Command("twin", "patch", DeviceId, patch);

    private JsonElement Reported() => _hub.Reported(DeviceId).GetProperty("config");

    private bool Answer(int code) => _hub.Reported(DeviceId).TryGetProperty("config", out var config) && config.GetProperty("ac").GetInt32() == code;

    private string Telemetry() => string.Join('\n', _hub.Telemetry(DeviceId).Select(message => message.ToString()));

    private JsonElement? LastInterval() => _hub.Telemetry(DeviceId).Select(message => message.GetProperty("body")).LastOrDefault(body => body.GetProperty("type").GetString() == "interval") is { ValueKind: JsonValueKind.Object } last ? last : null;

    private static long Boxes(JsonElement interval) => interval.GetProperty("cameras").EnumerateArray().Sum(camera => camera.GetProperty("classes").EnumerateArray().Sum(each => each.GetProperty("detections").GetInt64()));

    private void Wait(Func<bool> condition, string otherwise) => Eventually.True(condition, Soon, () => $"{otherwise}\n{_device.Program.Output}{_device.Program.Error}");
}
