using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Rest;

/// <summary>The registry: <c>/devices</c>.</summary>
internal sealed class DeviceRoutes(DeviceRegistry devices, DeviceConnections connections)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/devices", _ => Task.FromResult(new RestAnswer(200, new JsonArray([.. devices.All().Select(Describe)]))));
        routes.Map("GET", "/devices/{id}", context => Task.FromResult(Get(context.Id())));
        routes.Map("PUT", "/devices/{id}", PutAsync);
        routes.Map("DELETE", "/devices/{id}", DeleteAsync);
    }

    private RestAnswer Get(string id) => devices.Find(id) is { } device ? new RestAnswer(200, Describe(device)) : RestAnswer.NoSuchDevice(id);

    /// <summary>Adds a device, or changes its status or what it proves itself with (<see cref="DeviceCredentialsJson"/>); without a word of that it has keys that the hub made.</summary>
    private async Task<RestAnswer> PutAsync(HttpContext context)
    {
        var id = context.Id();
        if (!DeviceIds.IsValid(id))
        {
            return RestAnswer.Bad($"'{id}' is no device id: use 1 to 128 of A-Z a-z 0-9 . _ : -");
        }

        var body = await context.ReadBodyAsync();
        if (ReadStatus(body) is not ("" or "enabled" or "disabled") || ReadStatus(body) is not { } status)
        {
            return RestAnswer.Bad("The body is a JSON object; its status is enabled or disabled.");
        }

        var credentials = DeviceCredentialsJson.Read(body);
        if (credentials.Error is { } error)
        {
            return RestAnswer.Bad(error);
        }

        await PutCredentialsAsync(id, credentials.Value);
        if (status.Length > 0)
        {
            await SetEnabledAsync(id, status == "enabled");
        }

        return Get(id);
    }

    /// <summary>Whoever is connected with what counts no more must prove itself anew.</summary>
    private async Task PutCredentialsAsync(string id, DeviceCredentials? credentials)
    {
        var known = devices.Add(id, credentials);
        if (credentials is not null && known.Credentials != credentials)
        {
            devices.SetCredentials(id, credentials);
            await connections.CloseAsync(id);
        }
    }

    private async Task SetEnabledAsync(string id, bool enabled)
    {
        devices.SetEnabled(id, enabled);
        if (!enabled)
        {
            await connections.CloseAsync(id);
        }
    }

    private async Task<RestAnswer> DeleteAsync(HttpContext context)
    {
        var id = context.Id();
        if (!devices.Remove(id))
        {
            return RestAnswer.NoSuchDevice(id);
        }

        await connections.CloseAsync(id);
        return new RestAnswer(204, null);
    }

    private JsonObject Describe(Device device)
    {
        var json = device.ToJson();
        json["connectionState"] = connections.IsConnected(device.Id) ? "Connected" : "Disconnected";
        return json;
    }

    /// <returns>Empty when the body says nothing of it; null when it is no JSON object or the status no text.</returns>
    private static string? ReadStatus(byte[] body)
    {
        if (body.Length == 0)
        {
            return "";
        }

        return JsonText.TryParseObject(body) is not { } json ? null
            : json["status"] is not { } status ? ""
            : status.GetValueKind() == JsonValueKind.String ? status.GetValue<string>() : null;
    }
}
