using System.Globalization;
using System.Text;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Messages as they come, as server-sent events: <c>GET /telemetry/stream?device=ID&amp;after=SEQUENCE</c>.</summary>
/// <remarks>
/// Each event has the sequence as its id, so that a client that lost the connection goes on by itself (Last-Event-ID); without a place to go on from it begins with what comes now. A comment every
/// 15 s shows that the line lives. Messages are read in pages and written one by one, each waiting for the client, so a slow one costs a page of memory and not more; one that reads nothing is closed
/// by the server's least data rate.
/// </remarks>
internal sealed class TelemetryStreamRoutes(TelemetryStore telemetry, TimeProvider time, IHostApplicationLifetime life)
{
    public const int MostStreams = 64;
    private const int PageSize = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200), HeartbeatInterval = TimeSpan.FromSeconds(15);
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/telemetry/stream", GetAsync).Needs(ServiceRole.Read);

    private async Task GetAsync(HttpContext context)
    {
        if (After(context) is not { } after)
        {
            await context.WriteAsync(RestAnswer.Bad("after (or Last-Event-ID) is the sequence of the last message you have."));
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _open) > MostStreams)
            {
                await context.WriteAsync(RestAnswer.Error(StatusCodes.Status503ServiceUnavailable, 503001, $"{MostStreams} streams are open, and that is the most."));
                return;
            }

            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
            await StreamAsync(context, after, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // the reader has gone, or the hub stops
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private long? After(HttpContext context) => context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last]
        ? long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null
        : context.Number("after", absent: -1) is { } after ? after < 0 ? telemetry.Newest() : after : null;

    private async Task StreamAsync(HttpContext context, long after, CancellationToken ends)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(": hello\n\n"u8.ToArray(), ends);
        var device = context.Request.Query["device"] is [{ } id] ? id : null;
        for (var spoken = time.GetTimestamp(); ;)
        {
            var page = telemetry.Read(device, after, PageSize);
            foreach (var message in page)
            {
                await context.Response.Body.WriteAsync(Event(message), ends);
                (after, spoken) = (message.Sequence, time.GetTimestamp());
            }

            if (time.GetElapsedTime(spoken) > HeartbeatInterval)
            {
                await context.Response.Body.WriteAsync(": still here\n\n"u8.ToArray(), ends);
                spoken = time.GetTimestamp();
            }

            await context.Response.Body.FlushAsync(ends);
            await Task.Delay(page.Count == 0 ? PollInterval : TimeSpan.Zero, time, ends);
        }
    }

    private static byte[] Event(TelemetryMessage message)
    {
        using var text = new MemoryStream();
        text.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {message.Sequence}\ndata: ")));
        TelemetryJson.Write(text, message);
        text.Write("\n\n"u8);
        return text.ToArray();
    }
}
