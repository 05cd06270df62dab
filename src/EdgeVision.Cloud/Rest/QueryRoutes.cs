using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Query;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Finding devices: <c>POST /devices/query</c> with <c>{"query":"SELECT * FROM devices WHERE ..."}</c>, in pages.</summary>
/// <remarks>x-ms-max-item-count says how many at most (1 to 1000, 100 unless told); x-ms-continuation of an answer, sent back, brings the next page. Every twin is looked at, in the order of names.</remarks>
internal sealed class QueryRoutes(TwinStore twins, DeviceConnections connections, Throttle throttle)
{
    private const int ScanSize = 200, DefaultItems = 100, MaxItems = 1000;
    private const string Continuation = "x-ms-continuation", MaxItemCount = "x-ms-max-item-count";

    public void Map(IEndpointRouteBuilder routes) => routes.Map("POST", "/devices/query", throttle.Limited(ThrottledOperation.Query, QueryAsync), ServiceRole.Read);

    private async Task<RestAnswer> QueryAsync(HttpContext context)
    {
        if (JsonText.TryParseObject(await context.ReadBodyAsync()) is not { } body || body["query"] is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
        {
            return RestAnswer.Bad("""The body is {"query":"SELECT * FROM devices WHERE ..."}.""");
        }

        if (MostItems(context) is not { } most || After(context) is not { } after)
        {
            return RestAnswer.Bad($"{MaxItemCount} is 1 to {MaxItems}; {Continuation} is what the page before said.");
        }

        try
        {
            return Answer(context, QueryParser.Parse(text.GetValue<string>()), after, most);
        }
        catch (QueryException exception)
        {
            return RestAnswer.Bad(exception.Message);
        }
    }

    private RestAnswer Answer(HttpContext context, Condition condition, string after, int most)
    {
        var found = new JsonArray();
        while (twins.Page(after, ScanSize) is { Count: > 0 } page)
        {
            foreach (var (twin, isEnabled) in page)
            {
                after = twin.DeviceId;
                var isConnected = connections.IsConnected(twin.DeviceId);
                if (condition.Holds(TwinDocument.Describe(twin, isEnabled, isConnected, withMetadata: false)))
                {
                    found.Add((JsonNode)TwinDocument.Describe(twin, isEnabled, isConnected));
                }

                if (found.Count == most)
                {
                    context.Response.Headers[Continuation] = Convert.ToBase64String(Encoding.UTF8.GetBytes(after));
                    return Page(context, found);
                }
            }
        }

        return Page(context, found);
    }

    private static RestAnswer Page(HttpContext context, JsonArray found)
    {
        context.Response.Headers["x-ms-item-type"] = "Twin";
        return new RestAnswer(200, found);
    }

    private static int? MostItems(HttpContext context) => context.Request.Headers[MaxItemCount] is not [{ Length: > 0 } text] ? DefaultItems
        : int.TryParse(text, out var most) && most is >= 1 and <= MaxItems ? most : null;

    private static string? After(HttpContext context)
    {
        if (context.Request.Headers[Continuation] is not [{ Length: > 0 } text])
        {
            return "";
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
