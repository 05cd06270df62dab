using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent;

/// <summary>The checks themselves, each in a sentence or two; slow ones side by side.</summary>
internal static class DeviceChecks
{
    private const long LeastFreeBytes = 200L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="running">The daemon that does this, whose cameras, model and hub are judged by how they run; null opens, loads and reaches them for a try.</param>
    public static async Task<IReadOnlyList<CheckResult>> AllAsync(AgentOptions options, TimeProvider time, CancellationToken cancellationToken, DeviceStatus? running = null)
    {
        var results = new List<CheckResult> { CheckResult.Ok("configuration", options.Hash), Clock(), Disk(options.Device.StateDirectory) };
        if (running is not null)
        {
            return [.. results, .. RunningChecks.Of(running)];
        }

        var link = options.Broker is { } broker ? BrokerAsync(Settings.BrokerOf(broker, options.Device.Id), cancellationToken) : HubAsync(options, time, cancellationToken);
        Task<CheckResult>[] slow =
        [
            Task.Run(() => Model(options.Model), cancellationToken),
            .. options.Cameras.Where(camera => camera.Enabled).Select(camera => Task.Run(() => Camera(camera, time, cancellationToken), cancellationToken)),
        ];
        return [.. results, .. await link.ConfigureAwait(false), .. await Task.WhenAll(slow).ConfigureAwait(false)];
    }

    private static CheckResult Clock() => TimeServer.IsFollowed()
        ? CheckResult.Ok("clock", "follows a time server")
        : CheckResult.Warning("clock", "does not follow a time server: results are stamped \"unsynced\", and TLS fails when it is far off. Install chrony or systemd-timesyncd");

    private static CheckResult Disk(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, ".check");
            File.WriteAllText(probe, "written by edgevisiond check");
            File.Delete(probe);
            var free = new DriveInfo(directory).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? CheckResult.Ok("disk", $"{directory}: {free >> 20} MiB free")
                : CheckResult.Failed("disk", $"{directory}: only {free >> 20} MiB free, {LeastFreeBytes >> 20} are needed to take a model: make room");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CheckResult.Failed("disk", $"{directory}: {exception.Message}: device.state_directory must be writable by the daemon's user");
        }
    }

    private static CheckResult Model(ModelOptions options)
    {
        try
        {
            using var model = VisionModel.Load(ModelPackage.Open(options.Directory), Settings.InferenceOf(options));
            var nodes = string.Join(", ", model.Placement.NodesByProvider.Select(pair => $"{pair.Value} nodes on {pair.Key}"));
            var text = $"{model.Identity.Name} {model.Identity.Version}, {model.Placement.Precision}, {nodes}";
            return model.Placement.Degraded ? CheckResult.Warning("model", text + ": the required provider is missing") : CheckResult.Ok("model", text);
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return CheckResult.Failed("model", exception.Message);
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> HubAsync(AgentOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return Settings.HubOf(options) is { } hub
                ? [.. (await HubProbe.TryAsync(hub, Patience, time, cancellationToken).ConfigureAwait(false)).GroupBy(probe => probe.Subject).SelectMany(Of)]
                : [CheckResult.Warning("hub", "none configured: results stay on this device")];
        }
        catch (HubException exception)
        {
            return [CheckResult.Failed("hub", exception.Message)];
        }
    }

    /// <summary>Where one transport leads there, another that does not is worth a warning only.</summary>
    private static IEnumerable<CheckResult> Of(IGrouping<string, ProbeResult> probes)
    {
        var isReached = probes.Any(probe => probe.Failure == HubFailure.None);
        return probes.Select(probe => new CheckResult(probe.Subject, probe.Failure == HubFailure.None ? "ok" : isReached ? "warning" : "failed", probe.Detail));
    }

    private static async Task<IReadOnlyList<CheckResult>> BrokerAsync(BrokerOptions broker, CancellationToken cancellationToken)
    {
        try
        {
            var (failure, detail) = await BrokerProbe.TryAsync(broker, Patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return [failure == HubFailure.None ? CheckResult.Ok("broker", detail) : CheckResult.Failed("broker", detail)];
        }
        catch (HubException exception)
        {
            return [CheckResult.Failed("broker", exception.Message)];
        }
    }

    private static CheckResult Camera(CameraOptions camera, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = "camera " + camera.Id;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var source = FrameSources.Open(camera.Id, camera.Source, Settings.SourceOf(camera) with { Live = false }, time, NullLoggerFactory.Instance);
            using var frame = source.Read(limit.Token);
            return frame is null
                ? CheckResult.Failed(name, $"no picture within {Patience.TotalSeconds:0} s")
                : CheckResult.Ok(name, $"{frame.Width}x{frame.Height} {frame.Layout.Format}");
        }
        catch (CaptureException exception)
        {
            return CheckResult.Failed(name, exception.Message);
        }
    }
}
