using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>rollout</c></summary>
internal static class RolloutCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (id, model, version) = (arguments[0], arguments[1], arguments[2]);
        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        var (twins, releases) = (new TwinStore(database), new ReleaseStore(database));
        _ = twins.Find(id) ?? throw DeviceCommands.NoSuchDevice(id);
        var release = new ModelRepository(directory, releases, TimeProvider.System).Require(model, version);
        var now = TimeProvider.System.GetUtcNow();
        var patch = Rollout.Patch(release, releases.StartRollout(id, release, now), now, HubAddress.Of(directory).RepositoryUrl);
        await TwinCommands.PatchDesiredAsync(directory, twins, id, patch);
        return Output.Json(patch);
    }
}
