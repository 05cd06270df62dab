using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>What devices sent: <c>GET /telemetry?device=ID&amp;after=SEQUENCE</c>, one line of JSON per message, at most 1000; ask again after the last one.</summary>
/// <remarks>Not Azure's: there telemetry is read over AMQP.</remarks>
internal sealed class TelemetryRoutes(TelemetryStore telemetry)
{
    private const int MaxMessages = 1000;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/telemetry", GetAsync).Needs(ServiceRole.Read);

    private async Task GetAsync(HttpContext context)
    {
        if (context.Number("after", 0) is not { } after)
        {
            await context.WriteAsync(RestAnswer.Bad("after is the sequence of the last message you have."));
            return;
        }

        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        foreach (var message in telemetry.Read(context.Request.Query["device"] is [var device] ? device : null, after, MaxMessages))
        {
            using var line = new MemoryStream();
            TelemetryJson.Write(line, message);
            line.WriteByte((byte)'\n');
            await context.Response.Body.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), context.RequestAborted);
        }
    }
}
