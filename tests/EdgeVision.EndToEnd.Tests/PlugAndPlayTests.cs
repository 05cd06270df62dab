using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>Everything the published daemon sends, held against the model it announces: nothing beside the model, and nothing of the model that never occurs.</summary>
public sealed class PlugAndPlayTests : IDisposable
{
    private const string DeviceId = "cam-1";

    /// <summary>
    /// What this hub and this device have no occasion for: a device certificate, an outbox that is full (TelemetryReporterTests hold its receipt against the model), a clock that was wrong, a limit of the site,
    /// packages of one network only, and deployments that wait for a person (ModelUpdateMethodsTests hold the answer that all five methods give against the model).
    /// </summary>
    private static readonly string[] NoOccasion =
    [
        "status.response.hub.certificateDaysLeft", "dropped", "restamped", "config.update.maxKbps", "modelUpdate.activeVariant", "modelUpdate.gate.", "modelUpdate*cancel.response", "modelUpdate*activateNow.response",
        "modelUpdate*approve.response", "modelUpdate*rollback.response", "modelUpdate*status.response.blocked[]", "modelUpdate*status.response.previous",
    ];

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30), Proven = TimeSpan.FromSeconds(90);
    private readonly TemporaryDirectory _folder = new();
    private readonly DeviceModel _model = new();
    private readonly List<string> _faults = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_EverythingThatIsSent_IsInTheModelAndTheWholeModelIsSent()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        using var device = new Device(_folder.File("device"), Published.Model("yolox-nano"), TestData.Require("video/street_inbound_8_vehicles.mp4"), hub.Enrol(DeviceId), "regions = { road = [0, 0, 1, 0, 1, 1, 0, 1] }");
        device.WaitForFrames(5);

        hub.Command("twin", "patch", DeviceId, """{"config":{"cameras":{"gone":{"source":"rtsp://127.0.0.1:9/x","masks":[[0,0,1,0,1,0.1]]}},"model":{"minConfidence":0.3}}}""");
        Release(hub, "fastestdet", device);
        Release(hub, "yolox-nano", device); // the second update has a model before it
        Eventually.True(() => hub.Telemetry(DeviceId).Any(message => message.ToString().Contains("camera.lost", StringComparison.Ordinal)), Soon, () => device.Program.Error);

        foreach (var message in hub.Telemetry(DeviceId))
        {
            _faults.AddRange(_model.Telemetry(message.GetProperty("body")));
        }

        _faults.AddRange(_model.Reported(hub.Reported(DeviceId)));
        foreach (var command in _model.Commands)
        {
            Ask(hub, command);
        }

        Assert.Empty(_faults.Distinct());
        Assert.Equal([], _model.Unseen().Where(path => !NoOccasion.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))).ToList());
    }

    private void Ask(SiteHub hub, string command)
    {
        var request = command switch
        {
            "snapshot" => """{"camera":"street","quality":80,"maxWidth":320,"annotated":true}""",
            "logs" => """{"lines":20,"level":"trace"}""",
            _ when command.StartsWith("modelUpdate*", StringComparison.Ordinal) => $$"""{"deploymentId":"{{hub.Reported(DeviceId).GetProperty("modelUpdate").GetProperty("deploymentId").GetString()}}"}""",
            _ => null,
        };
        var answer = hub.Command(["invoke", DeviceId, command, .. request is null ? Array.Empty<string>() : [request]]).RootElement;
        if (request is not null)
        {
            _faults.AddRange(_model.Command(command, "request", JsonDocument.Parse(request).RootElement));
        }

        if (answer.GetProperty("status").GetInt32() == 200)
        {
            _faults.AddRange(_model.Command(command, "response", answer.GetProperty("payload")));
        }
    }

    private static void Release(SiteHub hub, string model, Device device)
    {
        var released = hub.Command("model", "publish", Published.Model(model)).RootElement;
        hub.Command("rollout", DeviceId, model, released.GetProperty("version").GetString()!);
        Eventually.True(() => hub.Reported(DeviceId).TryGetProperty("modelUpdate", out var update) && update.GetProperty("state").GetString() == "Committed" && update.GetProperty("activeModel").GetString() == model, Proven, () => hub.Reported(DeviceId) + device.Program.Output);
    }
}
