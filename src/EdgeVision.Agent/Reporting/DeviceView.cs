using System.Reflection;
using EdgeVision.Capture;
using EdgeVision.Hub;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Gathers <see cref="DeviceStatus"/> from those who know. Any thread.</summary>
internal sealed class DeviceView(MessageStamp stamp, string device, ActiveModel active, CameraSet cameras, TelemetryReporter reporter, ModelUpdater updater, ICloudLink? hub, ClockQuality clock, Func<string> configHash)
{
    public static string Version { get; } = typeof(DeviceView).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public DeviceStatus Now()
    {
        var (model, placement, update) = (active.Identity, active.Placement, updater.Report);
        var figures = new Dictionary<string, (long Processed, long Failed, Quantiles Age, Quantiles Inference)>(StringComparer.Ordinal);
        reporter.Read(camera => figures[camera.Id] = (camera.TotalProcessed, camera.TotalFailed, camera.LastAge, camera.LastInference));
        return new DeviceStatus(
            device, Version, stamp.BootId, stamp.Uptime, clock.State, configHash(),
            new ModelFigures(model.Name, model.Version, model.Digest),
            new PlacementFigures(placement.Provider, placement.NodesByProvider, placement.Precision, placement.Degraded),
            hub is null ? null : Of(hub.Status),
            new UpdateFigures(update.State.ToString(), update.DeploymentId ?? "", update.Progress, (int)update.Code, update.Reason),
            [.. cameras.All.Select(camera => Of(camera, figures.GetValueOrDefault(camera.Options.Id, (0, 0, Quantiles.None, Quantiles.None))))],
            ProcessFigures.RssMiB is { } rss ? Math.Round(rss, 1) : null);
    }

    private static HubFigures Of(HubStatus hub) => new(hub.State.ToString(), hub.Failure.ToString(), hub.Detail, hub.Connects, hub.Sent, hub.Waiting, hub.Dropped)
    {
        Transport = hub.Transport.ToString(), CertificateDaysLeft = hub.CertificateDaysLeft,
    };

    private static CameraStatus Of(CameraWorker camera, (long Processed, long Failed, Quantiles Age, Quantiles Inference) figures)
    {
        var status = camera.Status;
        var failure = status.State == SourceState.Streaming ? CaptureFailure.None : status.Failure;
        return new CameraStatus(
            camera.Options.Id, status.State.ToString(), failure.ToString(), failure == CaptureFailure.None ? "" : status.Detail, status.Width, status.Height,
            status.FramesRead, figures.Processed, camera.Dropped, status.FramesSkipped, figures.Failed, status.DecodeErrors, status.Reopens, figures.Age, figures.Inference);
    }
}
