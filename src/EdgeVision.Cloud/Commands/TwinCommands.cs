using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>twin get|patch</c></summary>
internal static class TwinCommands
{
    public static Task<int> GetAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data));
        var twin = new TwinStore(database).Find(arguments[0]) ?? throw DeviceCommands.NoSuchDevice(arguments[0]);
        return Task.FromResult(Output.Json(twin.ToJson()));
    }

    public static async Task<int> PatchAsync(Arguments arguments)
    {
        var patch = JsonText.TryParseObject(Encoding.UTF8.GetBytes(arguments[1]))
            ?? throw new CloudException("The patch is no JSON object. Give the desired properties that change, such as '{\"telemetryInterval\":5}'.");
        if (patch["properties"] is JsonObject properties && properties.ContainsKey("desired"))
        {
            throw new CloudException("Give the desired properties themselves, without {\"properties\":{\"desired\":...}} around them.");
        }

        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory);
        await PatchDesiredAsync(directory, new TwinStore(database), arguments[0], patch);
        return Output.Json(new TwinStore(database).Find(arguments[0])!.ToJson());
    }

    /// <summary>Through the running hub, which tells the device; without one in the database, where the device finds it at its next connect.</summary>
    /// <exception cref="CloudException">No such device, or the twin may not become that.</exception>
    public static async Task PatchDesiredAsync(DataDirectory directory, TwinStore twins, string deviceId, JsonObject patch)
    {
        _ = twins.Find(deviceId) ?? throw DeviceCommands.NoSuchDevice(deviceId);
        using var hub = await RunningHub.FindAsync(directory);
        if (hub is not null)
        {
            await hub.AskAsync(HttpMethod.Patch, RunningHub.Path("twins", deviceId), new JsonObject { ["properties"] = new JsonObject { ["desired"] = patch } });
        }
        else if (twins.Patch(deviceId, TwinSection.Desired, patch) is { Outcome: not TwinPatchOutcome.Applied } refused)
        {
            throw new CloudException(refused.Reason);
        }
    }
}
