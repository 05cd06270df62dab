using System.Globalization;
using System.Text;

namespace EdgeVision.Agent;

/// <summary>The device's figures as Prometheus text (exposition format 0.0.4). Counters count from the daemon's start.</summary>
internal static class MetricsPage
{
    public static string Write(DeviceStatus device)
    {
        var page = new StringBuilder();
        WriteCameras(page, device);
        WriteModel(page, device);
        if (device.Hub is { } hub)
        {
            WriteHub(page, hub);
        }

        Family(page, "edgevision_clock_synced", "gauge", "1 when the clock follows a time server.", ("", device.Clock == ClockQuality.Synced ? 1 : 0));
        Family(page, "edgevision_uptime_seconds", "gauge", "Seconds since the start.", ("", device.Uptime));
        Family(page, "edgevision_resident_memory_bytes", "gauge", "Memory in use.", ("", device.RssMiB * 1048576));
        Family(page, "edgevision_disk_written_bytes_total", "counter", "Bytes that went to a disk: flash wears out by them.", ("", ProcessFigures.BytesWritten));
        Family(page, "edgevision_temperature_celsius", "gauge", "The hottest sensor.", ("", ProcessFigures.Temperature));
        return page.ToString();
    }

    private static void WriteCameras(StringBuilder page, DeviceStatus device)
    {
        (string, double?)[] Each(Func<CameraStatus, double> figure) => [.. device.Cameras.Select(camera => ($"camera=\"{camera.Id}\"", (double?)figure(camera)))];
        Family(page, "edgevision_frames_read_total", "counter", "Frames the camera gave.", Each(camera => camera.Read));
        Family(page, "edgevision_frames_processed_total", "counter", "Frames looked at.", Each(camera => camera.Processed));
        Family(page, "edgevision_frames_dropped_total", "counter", "Frames not looked at.",
        [
            .. device.Cameras.Select(camera => ($"camera=\"{camera.Id}\",reason=\"newer\"", (double?)camera.Dropped)),
            .. device.Cameras.Select(camera => ($"camera=\"{camera.Id}\",reason=\"memory\"", (double?)camera.Skipped)),
            .. device.Cameras.Select(camera => ($"camera=\"{camera.Id}\",reason=\"failed\"", (double?)camera.Failed)),
        ]);
        Family(page, "edgevision_camera_streaming", "gauge", "1 while the camera gives frames.", Each(camera => camera.State == "Streaming" ? 1 : 0));
        Family(page, "edgevision_camera_reopened_total", "counter", "Times the camera was opened again.", Each(camera => camera.Reopens));
        Family(page, "edgevision_decode_errors_total", "counter", "Errors the decoder reported and went on from.", Each(camera => camera.DecodeErrors));
        Family(page, "edgevision_frame_latency_milliseconds", "gauge", "From a frame's arrival to its result, last interval.", OfQuantiles(device, camera => camera.LatencyMs));
        Family(page, "edgevision_inference_milliseconds", "gauge", "Picture to tensor, network and decoding, last interval.", OfQuantiles(device, camera => camera.InferenceMs));
    }

    private static void WriteModel(StringBuilder page, DeviceStatus device)
    {
        var model = device.Model;
        Family(page, "edgevision_model_info", "gauge", "The model in service.",
            ($"name=\"{model.Name}\",version=\"{model.Version}\",digest=\"{model.Digest}\",provider=\"{device.Placement.Provider}\",precision=\"{device.Placement.Precision}\"", 1));
        Family(page, "edgevision_model_degraded", "gauge", "1 when a required provider is missing and that is allowed.", ("", device.Placement.Degraded ? 1 : 0));
        Family(page, "edgevision_model_nodes", "gauge", "Nodes of the network by provider.",
            [.. device.Placement.NodesByProvider.Select(pair => ($"provider=\"{pair.Key}\"", (double?)pair.Value))]);
    }

    private static void WriteHub(StringBuilder page, HubFigures hub)
    {
        Family(page, "edgevision_hub_connected", "gauge", "1 while connected.", ("", hub.State == "Connected" ? 1 : 0));
        Family(page, "edgevision_hub_connects_total", "counter", "Connections made.", ("", hub.Connects));
        Family(page, "edgevision_hub_failure", "gauge", "Why it is not connected.", ($"reason=\"{hub.Failure}\"", hub.Failure == "None" ? 0 : 1));
        Family(page, "edgevision_messages_sent_total", "counter", "Messages the hub has taken.", ("", hub.Sent));
        WriteOutbox(page, hub.Outbox);
    }

    private static void WriteOutbox(StringBuilder page, OutboxStatus outbox)
    {
        Family(page, "edgevision_outbox_messages", "gauge", "Messages that wait.", ("", outbox.Waiting));
        Family(page, "edgevision_outbox_oldest_seconds", "gauge", "Age of the oldest message that waits.", ("", outbox.OldestSeconds));
        Family(page, "edgevision_outbox_bytes", "gauge", "What waits takes.", ("where=\"disk\"", outbox.DiskBytes), ("where=\"memory\"", outbox.MemoryBytes));
        Family(page, "edgevision_outbox_dropped_total", "counter", "Messages that were given up.", ("", outbox.Dropped));
        Family(page, "edgevision_outbox_oversize_total", "counter", "Messages that no hub would take.", ("", outbox.Oversize));
        Family(page, "edgevision_outbox_written_bytes_total", "counter", "Bytes written to the outbox's file.", ("", outbox.BytesWritten));
        Family(page, "edgevision_storage_degraded", "gauge", "1 while messages wait in memory because the disk takes none.", ("", outbox.Storage == "Degraded" ? 1 : 0));
    }

    private static (string, double?)[] OfQuantiles(DeviceStatus device, Func<CameraStatus, Quantiles> figure) =>
    [
        .. device.Cameras.SelectMany(camera => new (string, double?)[]
        {
            ($"camera=\"{camera.Id}\",model=\"{device.Model.Name}\",quantile=\"0.5\"", figure(camera).P50),
            ($"camera=\"{camera.Id}\",model=\"{device.Model.Name}\",quantile=\"0.95\"", figure(camera).P95),
            ($"camera=\"{camera.Id}\",model=\"{device.Model.Name}\",quantile=\"0.99\"", figure(camera).P99),
        }),
    ];

    // Names of cameras, models and versions hold no quotes or backslashes: their readers allow none.
    private static void Family(StringBuilder page, string name, string type, string help, params (string Labels, double? Value)[] samples)
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (labels, value) in samples.Where(sample => sample.Value is not null))
        {
            page.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");
        }
    }
}
