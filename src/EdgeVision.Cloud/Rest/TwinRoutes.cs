using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>The twins: <c>/twins/{id}</c> and <c>/twins/{id}/modules/{module}</c>.</summary>
internal sealed class TwinRoutes(TwinStore twins, DeviceRegistry devices, DeviceConnections connections, ChangeFollower changes)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/twins/{id}", context => Task.FromResult(Get(context)));
        routes.Map("PATCH", "/twins/{id}", context => UpdateAsync(context, replace: false));
        routes.Map("PUT", "/twins/{id}", context => UpdateAsync(context, replace: true));
        routes.Map("GET", "/twins/{id}/modules/{module}", context => Task.FromResult(Get(context)));
        routes.Map("PATCH", "/twins/{id}/modules/{module}", context => UpdateAsync(context, replace: false));
        routes.Map("PUT", "/twins/{id}/modules/{module}", context => UpdateAsync(context, replace: true));
    }

    private RestAnswer Get(HttpContext context)
    {
        var id = context.Identity();
        if (twins.Find(id) is not { } twin || devices.Find(id) is not { } device)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        context.Response.Headers.ETag = ETag.Of(twin.ServiceVersion);
        return new RestAnswer(200, TwinDocument.Describe(twin, device.Enabled, connections.IsConnected(id)));
    }

    /// <summary>PATCH merges into tags and desired properties; PUT replaces them, and what it leaves out becomes empty.</summary>
    private async Task<RestAnswer> UpdateAsync(HttpContext context, bool replace)
    {
        if (TwinDocument.Read(await context.ReadBodyAsync(), replace) is not { } update)
        {
            return RestAnswer.Bad("""The body is {"tags":{...},"properties":{"desired":{...}}}: tags and desired properties are a service's to write, reported ones are the device's.""");
        }

        var result = twins.Update(context.Identity(), update, context.IfMatch(), context.Caller().Name);
        await changes.CatchUpAsync();
        return result.Outcome switch
        {
            TwinPatchOutcome.Applied => Get(context),
            TwinPatchOutcome.NoSuchDevice => RestAnswer.NoSuchDevice(context.Identity()),
            TwinPatchOutcome.Changed => RestAnswer.Error(StatusCodes.Status412PreconditionFailed, 412001, result.Reason),
            TwinPatchOutcome.TooLarge => RestAnswer.Error(StatusCodes.Status413PayloadTooLarge, 413001, result.Reason),
            _ => RestAnswer.Bad(result.Reason),
        };
    }
}
