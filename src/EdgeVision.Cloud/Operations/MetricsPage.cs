using System.Globalization;
using System.Text;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Operations;

/// <summary>The hub's figures as Prometheus text (exposition format 0.0.4). Counters count from the start of this process; what lies in the database is of all hubs on it.</summary>
internal static class MetricsPage
{
    public static string Write(HubFigures figures, HubCounters counters)
    {
        var page = new StringBuilder();
        Family(page, "edgevision_hub_connections", "gauge", "Devices connected to this process.", ("", figures.Connections));
        Family(page, "edgevision_hub_connects_total", "counter", "Connections of devices that were let in.", ("", counters.Connects.Value));
        Family(page, "edgevision_hub_refusals_total", "counter", "Devices that were not let in.", [.. counters.Refusals.Select(refusal => ($"reason=\"{refusal.Key}\"", (double)refusal.Value.Value))]);
        Family(page, "edgevision_hub_service_refusals_total", "counter", "Requests of the service side without valid credentials.", ("", counters.ServiceRefusals.Value));
        Family(page, "edgevision_hub_messages_total", "counter", "Messages stored.", ("", counters.Messages.Value));
        Family(page, "edgevision_hub_message_bytes_total", "counter", "Bytes of their bodies.", ("", counters.MessageBytes.Value));
        Family(page, "edgevision_hub_messages_not_stored_total", "counter", "Messages that could not be stored and were not acknowledged.", ("", counters.NotStored.Value));
        Family(page, "edgevision_hub_store_seconds", "summary", "Commits of messages, each for all that waited.");
        page.Append(CultureInfo.InvariantCulture, $"edgevision_hub_store_seconds_sum {counters.StoreMicroseconds.Value / 1e6}\nedgevision_hub_store_seconds_count {counters.Stores.Value}\n");
        Family(page, "edgevision_hub_queue_messages", "gauge", "Messages that wait for their commit.", ("", figures.Waiting));
        Family(page, "edgevision_hub_streams", "gauge", "Readers of the telemetry stream.", ("", figures.Streams));
        Family(page, "edgevision_hub_devices", "gauge", "Devices in the registry.", ("status=\"enabled\"", figures.Enabled), ("status=\"disabled\"", figures.Devices - figures.Enabled));
        Family(page, "edgevision_hub_database_bytes", "gauge", "Size of the database.", ("", figures.DatabaseBytes));
        WriteForwards(page, figures);
        Family(page, "process_resident_memory_bytes", "gauge", "Memory in use.", ("", Environment.WorkingSet));
        return page.ToString();
    }

    private static void WriteForwards(StringBuilder page, HubFigures figures)
    {
        (string, double)[] Each(Func<Destination, double> figure) => [.. figures.Destinations.Select(destination => ($"destination=\"{destination.Name}\"", figure(destination)))];
        Family(page, "edgevision_forward_lag_messages", "gauge", "Messages that a destination has not got yet.", Each(destination => Math.Max(0, figures.Newest - destination.Reached)));
        Family(page, "edgevision_forward_delivered_total", "counter", "Messages that it has taken, since it was added.", Each(destination => destination.Delivered));
        Family(page, "edgevision_forward_skipped_total", "counter", "Messages that it refused and that were skipped.", Each(destination => destination.Skipped));
        Family(page, "edgevision_forward_lost_total", "counter", "Messages that were too old or too many before it got them.", Each(destination => destination.Lost));
        Family(page, "edgevision_forward_paused", "gauge", "1 while it waits for somebody to look.", Each(destination => destination.Paused ? 1 : 0));
    }

    // Labels hold no quotation marks or backslashes: names of destinations allow none, reasons are names of an enum.
    private static void Family(StringBuilder page, string name, string type, string help, params (string Labels, double Value)[] samples)
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (labels, value) in samples)
        {
            page.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");
        }
    }
}
