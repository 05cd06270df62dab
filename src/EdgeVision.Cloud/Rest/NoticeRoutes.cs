using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Messages;

namespace EdgeVision.Cloud.Rest;

/// <summary>What the hub tells the service: <c>/messages/serviceBound/feedback</c> and <c>/messages/serviceBound/filenotifications</c>.</summary>
/// <remarks>
/// GET answers at most 64, oldest first, or 204; the ETag is the token that DELETE needs to forget them. Whoever dies in between reads them again: at least once.
/// </remarks>
internal sealed class NoticeRoutes(NoticeStore notices)
{
    private const int MaxAtOnce = 64;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/messages/serviceBound/feedback", NoticeStore.Feedback);
        Map(routes, "/messages/serviceBound/filenotifications", NoticeStore.Files);
    }

    private void Map(IEndpointRouteBuilder routes, string path, string kind)
    {
        routes.Map("GET", path, context => Task.FromResult(Get(context, kind)));
        routes.Map("DELETE", path + "/{token}", context => Task.FromResult(Delete((string)context.Request.RouteValues["token"]!, kind)));
    }

    private RestAnswer Get(HttpContext context, string kind)
    {
        var waiting = notices.Read(kind, MaxAtOnce);
        if (waiting.Count == 0)
        {
            return new RestAnswer(StatusCodes.Status204NoContent, null);
        }

        context.Response.Headers.ETag = $"\"{waiting[^1].Sequence.ToString(CultureInfo.InvariantCulture)}\"";
        return new RestAnswer(200, new JsonArray([.. waiting.Select(notice => notice.Body)]));
    }

    private RestAnswer Delete(string token, string kind)
    {
        if (!long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var upTo))
        {
            return RestAnswer.Bad("The token is the ETag of the last answer.");
        }

        return notices.Remove(kind, upTo) > 0 ? new RestAnswer(StatusCodes.Status204NoContent, null) : RestAnswer.Error(StatusCodes.Status412PreconditionFailed, 412002, "These have been forgotten already.");
    }
}
