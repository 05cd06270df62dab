using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>The twins: <c>/twins/{id}</c>.</summary>
internal sealed class TwinRoutes(TwinStore twins, TwinDesk desk, DeviceRegistry devices, DeviceConnections connections)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/twins/{id}", context => Task.FromResult(Get(context)));
        routes.Map("PATCH", "/twins/{id}", PatchAsync);
        routes.Map("GET", "/twins/{id}/modules/{module}", context => Task.FromResult(Get(context)));
        routes.Map("PATCH", "/twins/{id}/modules/{module}", PatchAsync);
    }

    private RestAnswer Get(HttpContext context)
    {
        var id = context.Identity();
        if (twins.Find(id) is not { } twin || devices.Find(id) is not { } device)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        context.Response.Headers.ETag = twin.ETag;
        var json = twin.ToJson();
        json["status"] = device.Status;
        json["connectionState"] = connections.IsConnected(id) ? "Connected" : "Disconnected";
        return new RestAnswer(200, json);
    }

    private async Task<RestAnswer> PatchAsync(HttpContext context)
    {
        if (JsonText.TryParseObject(await context.ReadBodyAsync()) is not { } body || Desired(body) is not { } patch)
        {
            return RestAnswer.Bad("""The body is {"properties":{"desired":{...}}} and nothing else: a service writes desired properties only.""");
        }

        var result = await desk.PatchDesiredAsync(context.Identity(), patch, context.Request.Headers.IfMatch is [var etag, ..] ? etag : null);
        return result.Outcome switch
        {
            TwinPatchOutcome.Applied => Get(context),
            TwinPatchOutcome.NoSuchDevice => RestAnswer.NoSuchDevice(context.Identity()),
            TwinPatchOutcome.Changed => RestAnswer.Error(StatusCodes.Status412PreconditionFailed, 412001, result.Reason),
            TwinPatchOutcome.TooLarge => RestAnswer.Error(StatusCodes.Status413PayloadTooLarge, 413001, result.Reason),
            _ => RestAnswer.Bad(result.Reason),
        };
    }

    private static JsonObject? Desired(JsonObject body) => body.Count == 1 && body["properties"] is JsonObject { Count: 1 } properties ? properties["desired"] as JsonObject : null;
}
