using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Rest;

/// <summary>Modules on devices: <c>/devices/{id}/modules</c> and <c>/devices/{id}/modules/{module}</c>.</summary>
internal sealed class ModuleRoutes(DeviceRegistry devices, DeviceConnections connections, ChangeFollower changes, Throttle throttle)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Func<HttpContext, Task<RestAnswer>> Limited(Func<HttpContext, Task<RestAnswer>> handler) => throttle.Limited(ThrottledOperation.Identity, handler);
        routes.Map("GET", "/devices/{id}/modules", Limited(context => Task.FromResult(List(context))));
        routes.Map("GET", "/devices/{id}/modules/{module}", Limited(context => Task.FromResult(Get(context))));
        routes.Map("PUT", "/devices/{id}/modules/{module}", Limited(PutAsync), ServiceRole.Admin);
        routes.Map("DELETE", "/devices/{id}/modules/{module}", Limited(DeleteAsync), ServiceRole.Admin);
    }

    private RestAnswer List(HttpContext context) => devices.Find(context.Id()) is null
        ? RestAnswer.NoSuchDevice(context.Id())
        : new RestAnswer(200, new JsonArray([.. devices.ModulesOf(context.Id()).Select(module => Describe(context, module))]));

    private RestAnswer Get(HttpContext context) => devices.Find(context.Identity()) is { } module ? new RestAnswer(200, Describe(context, module)) : NoSuchModule(context.Identity());

    private async Task<RestAnswer> PutAsync(HttpContext context)
    {
        var (id, identity) = (context.Id(), context.Identity());
        if (devices.Find(id) is null)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        var (credentials, error) = DeviceCredentialsJson.Read(await context.ReadBodyAsync());
        if (error is not null || !DeviceIds.IsValid(identity[(id.Length + 1)..]))
        {
            return RestAnswer.Bad(error ?? "A module id has 1 to 128 of A-Z a-z 0-9 . _ : -");
        }

        if (devices.AddModule(identity, credentials, context.Caller().Name) is not { } module)
        {
            return RestAnswer.Error(StatusCodes.Status413PayloadTooLarge, 413003, $"'{id}' has {DeviceRegistry.MaxModules} modules already.");
        }

        if (credentials is not null && module.Credentials != credentials)
        {
            devices.Update(identity, new DeviceChange(Credentials: credentials), context.IfMatch(), context.Caller().Name);
            await changes.CatchUpAsync();
        }

        return Get(context);
    }

    private async Task<RestAnswer> DeleteAsync(HttpContext context)
    {
        var outcome = devices.Remove(context.Identity(), context.IfMatch(), context.Caller().Name);
        await changes.CatchUpAsync();
        return outcome switch
        {
            RegistryOutcome.Done => RestAnswer.Done,
            RegistryOutcome.Changed => RestAnswer.Changed($"The module '{context.Identity()}'"),
            _ => NoSuchModule(context.Identity()),
        };
    }

    private JsonObject Describe(HttpContext context, Device module)
    {
        var json = module.ToJson(withKeys: context.Caller().Role == ServiceRole.Admin);
        json["connectionState"] = connections.IsConnected(module.Id) ? "Connected" : "Disconnected";
        return json;
    }

    private static RestAnswer NoSuchModule(string identity) => RestAnswer.Error(StatusCodes.Status404NotFound, 404010, $"There is no module '{identity}'.");
}
