using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>How the hub is: <c>/healthz</c> (open), <c>/metrics</c> (Prometheus), <c>/status</c>.</summary>
internal sealed class OperationsRoutes(
    HubDatabase database, DeviceRegistry devices, DeviceConnections connections, TelemetryIntake intake, TelemetryStore telemetry, DestinationStore destinations,
    TelemetryStreamRoutes streams, HubCounters counters)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", ServiceGuard.Health, _ => Task.FromResult(new RestAnswer(200, new JsonObject { ["status"] = "ok" })));
        routes.Map("GET", "/status", _ => Task.FromResult(new RestAnswer(200, Status(Figures()))));
        routes.MapGet("/metrics", MetricsAsync).Needs(ServiceRole.Read);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(MetricsPage.Write(Figures(), counters)));
    }

    private HubFigures Figures()
    {
        var (all, enabled) = devices.Count();
        return new(connections.Count, intake.Waiting, streams.Open, all, enabled, database.Size(), telemetry.Newest(), destinations.All());
    }

    private JsonObject Status(HubFigures figures) => new()
    {
        ["database"] = database.Name,
        ["databaseBytes"] = figures.DatabaseBytes,
        ["devices"] = figures.Devices,
        ["enabledDevices"] = figures.Enabled,
        ["connectedDevices"] = figures.Connections,
        ["newestSequence"] = figures.Newest,
        ["waitingMessages"] = figures.Waiting,
        ["forwards"] = new JsonArray([.. figures.Destinations.Select(destination => destination.ToJson(figures.Newest))]),
    };
}
