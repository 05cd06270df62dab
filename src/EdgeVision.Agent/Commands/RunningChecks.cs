namespace EdgeVision.Agent;

/// <summary>The checks of model, hub and cameras on a device that works, from what it knows of them already.</summary>
internal static class RunningChecks
{
    public static IEnumerable<CheckResult> Of(DeviceStatus device) => [Model(device), Hub(device.Hub), .. device.Cameras.Select(Camera)];

    private static CheckResult Model(DeviceStatus device)
    {
        var nodes = string.Join(", ", device.Placement.NodesByProvider.Select(pair => $"{pair.Value} nodes on {pair.Key}"));
        var text = $"{device.Model.Name} {device.Model.Version}, {device.Placement.Precision}, {nodes}";
        return device.Placement.Degraded ? CheckResult.Warning("model", text + ": the required provider is missing") : CheckResult.Ok("model", text);
    }

    private static CheckResult Hub(HubFigures? hub) => hub is null ? CheckResult.Warning("hub", "none configured: results stay on this device")
        : hub.State == "Connected" ? CheckResult.Ok("hub", $"connected, {hub.Outbox.Waiting} messages wait")
        : CheckResult.Failed("hub", hub.Detail.Length > 0 ? hub.Detail : hub.State);

    private static CheckResult Camera(CameraStatus camera)
    {
        var name = "camera " + camera.Id;
        return camera.State is "Streaming" or "Ended" ? CheckResult.Ok(name, $"{camera.Width}x{camera.Height}, {camera.Read} frames") : CheckResult.Failed(name, camera.Detail.Length > 0 ? camera.Detail : camera.State);
    }
}
