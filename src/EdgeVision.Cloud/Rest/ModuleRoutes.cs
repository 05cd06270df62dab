using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Rest;

/// <summary>Modules on devices: <c>/devices/{id}/modules</c> and <c>/devices/{id}/modules/{module}</c>.</summary>
internal sealed class ModuleRoutes(DeviceRegistry devices, DeviceConnections connections)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/devices/{id}/modules", context => Task.FromResult(List(context.Id())));
        routes.Map("GET", "/devices/{id}/modules/{module}", context => Task.FromResult(Get(context.Identity())));
        routes.Map("PUT", "/devices/{id}/modules/{module}", context => Task.FromResult(Put(context.Id(), context.Identity())));
        routes.Map("DELETE", "/devices/{id}/modules/{module}", context => DeleteAsync(context.Identity()));
    }

    private RestAnswer List(string id) => devices.Find(id) is null
        ? RestAnswer.NoSuchDevice(id)
        : new RestAnswer(200, new JsonArray([.. devices.ModulesOf(id).Select(module => Describe(module))]));

    private RestAnswer Get(string identity) => devices.Find(identity) is { } module ? new RestAnswer(200, Describe(module)) : NoSuchModule(identity);

    private RestAnswer Put(string id, string identity)
    {
        if (devices.Find(id) is null)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        if (!DeviceIds.IsValid(identity[(id.Length + 1)..]))
        {
            return RestAnswer.Bad("A module id has 1 to 128 of A-Z a-z 0-9 . _ : -");
        }

        return devices.AddModule(identity) is { } module
            ? new RestAnswer(200, Describe(module))
            : RestAnswer.Error(StatusCodes.Status413PayloadTooLarge, 413003, $"'{id}' has {DeviceRegistry.MaxModules} modules already.");
    }

    private async Task<RestAnswer> DeleteAsync(string identity)
    {
        if (!devices.Remove(identity))
        {
            return NoSuchModule(identity);
        }

        await connections.CloseAsync(identity);
        return new RestAnswer(StatusCodes.Status204NoContent, null);
    }

    private JsonObject Describe(Device module)
    {
        var json = module.ToJson();
        json["connectionState"] = connections.IsConnected(module.Id) ? "Connected" : "Disconnected";
        return json;
    }

    private static RestAnswer NoSuchModule(string identity) => RestAnswer.Error(StatusCodes.Status404NotFound, 404010, $"There is no module '{identity}'.");
}
