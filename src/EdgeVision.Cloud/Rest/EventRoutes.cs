using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;

namespace EdgeVision.Cloud.Rest;

/// <summary>What happened to connections: <c>GET /events?device=ID&amp;after=SEQUENCE</c>, oldest first, at most 1000; ask again after the last one.</summary>
internal sealed class EventRoutes(ConnectionDiary diary)
{
    private const int MaxEvents = 1000;

    public void Map(IEndpointRouteBuilder routes) => routes.Map("GET", "/events", context => Task.FromResult(Get(context.Request.Query)));

    private RestAnswer Get(IQueryCollection query)
    {
        long after = 0;
        return query["after"] is [var text] && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after)
            ? RestAnswer.Bad("after is the sequence of the last event you have.")
            : new RestAnswer(200, new JsonArray([.. diary.Read(query["device"] is [var device] ? device : null, after, MaxEvents).Select(item => item.ToJson())]));
    }
}
