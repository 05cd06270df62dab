using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Rest;

/// <summary>The registry: <c>/devices</c>. Keys are shown to administrators only.</summary>
internal sealed class DeviceRoutes(DeviceRegistry devices, DeviceConnections connections, ChangeFollower changes, Throttle throttle)
{
    private const int MaxPage = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        Func<HttpContext, Task<RestAnswer>> Limited(Func<HttpContext, Task<RestAnswer>> handler) => throttle.Limited(ThrottledOperation.Identity, handler);
        routes.Map("GET", "/devices", Limited(context => Task.FromResult(List(context))));
        routes.Map("GET", "/devices/{id}", Limited(context => Task.FromResult(Get(context))));
        routes.Map("PUT", "/devices/{id}", Limited(PutAsync), ServiceRole.Admin);
        routes.Map("DELETE", "/devices/{id}", Limited(DeleteAsync), ServiceRole.Admin);
        routes.Map("POST", "/devices/{id}/keys", Limited(RegenerateAsync), ServiceRole.Admin);
        routes.Map("GET", "/statistics/devices", _ => Task.FromResult(Count()));
        routes.Map("GET", "/statistics/service", _ => Task.FromResult(new RestAnswer(200, new JsonObject { ["connectedDeviceCount"] = connections.Count })));
    }

    /// <summary>In the order of their names: <c>top</c> at most 1000, <c>after</c> the last one known.</summary>
    private RestAnswer List(HttpContext context) => context.Number("top", MaxPage) is { } top and >= 1 and <= MaxPage
        ? new RestAnswer(200, new JsonArray([.. devices.Page(context.Request.Query["after"] is [{ } after] ? after : "", (int)top).Select(device => Describe(context, device))]))
        : RestAnswer.Bad($"top is 1 to {MaxPage}.");

    private RestAnswer Get(HttpContext context) => devices.Find(context.Id()) is { } device ? Show(context, device) : RestAnswer.NoSuchDevice(context.Id());

    private RestAnswer Count()
    {
        var (all, enabled) = devices.Count();
        return new RestAnswer(200, new JsonObject { ["totalDeviceCount"] = all, ["enabledDeviceCount"] = enabled, ["disabledDeviceCount"] = all - enabled });
    }

    /// <summary>Without If-Match adds a device, with it changes one: Azure's rule, which keeps a second "add" from taking over a device.</summary>
    private async Task<RestAnswer> PutAsync(HttpContext context)
    {
        var id = context.Id();
        if (!DeviceIds.IsValid(id))
        {
            return RestAnswer.Bad($"'{id}' is no device id: use 1 to 128 of A-Z a-z 0-9 . _ : -");
        }

        if (DeviceDocument.Read(await context.ReadBodyAsync(), out var wrong) is not { } change)
        {
            return RestAnswer.Bad(wrong);
        }

        return context.IfMatch() is { } ifMatch
            ? await AnswerAsync(context, devices.Update(id, change, ifMatch, context.Caller().Name))
            : await AnswerAsync(context, devices.Create(id, change, context.Caller().Name));
    }

    /// <summary>Makes a key anew: <c>?key=primary</c>, <c>secondary</c> or, without, both.</summary>
    private async Task<RestAnswer> RegenerateAsync(HttpContext context) => context.Request.Query["key"].ToString() is var which and ("" or "primary" or "secondary")
        ? await AnswerAsync(context, devices.Update(context.Id(), new DeviceChange(FreshKeys: which), context.IfMatch(), context.Caller().Name))
        : RestAnswer.Bad("key is primary or secondary; without it both are made anew.");

    private async Task<RestAnswer> DeleteAsync(HttpContext context) =>
        await AnswerAsync(context, (devices.Remove(context.Id(), context.IfMatch(), context.Caller().Name), null));

    private async Task<RestAnswer> AnswerAsync(HttpContext context, (RegistryOutcome Outcome, Device? Device) result)
    {
        await changes.CatchUpAsync();
        return result.Outcome switch
        {
            RegistryOutcome.Done => result.Device is { } device ? Show(context, device) : RestAnswer.Done,
            RegistryOutcome.NoSuchDevice => RestAnswer.NoSuchDevice(context.Id()),
            RegistryOutcome.Exists => RestAnswer.Error(StatusCodes.Status409Conflict, 409001, $"There is a device '{context.Id()}' already. Send If-Match with its etag, or *, to change it."),
            _ => RestAnswer.Changed($"The device '{context.Id()}'"),
        };
    }

    private RestAnswer Show(HttpContext context, Device device)
    {
        context.Response.Headers.ETag = ETag.Of(device.Version);
        return new RestAnswer(200, Describe(context, device));
    }

    private JsonObject Describe(HttpContext context, Device device)
    {
        var json = device.ToJson(withKeys: context.Caller().Role == ServiceRole.Admin);
        json["connectionState"] = connections.IsConnected(device.Id) ? "Connected" : "Disconnected";
        return json;
    }
}
