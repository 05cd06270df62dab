using System.Text.Json.Nodes;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>model publish|list</c>: work on the directory, so that a running hub serves a release as soon as it is recorded.</summary>
internal static class ModelCommands
{
    public static Task<int> PublishAsync(Arguments arguments)
    {
        var directory = DataDirectory.Create(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        var release = new ModelRepository(directory, new ReleaseStore(database), TimeProvider.System).Publish(arguments[0]);
        return Task.FromResult(Output.Json(release.ToJson()));
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        return Task.FromResult(Output.Json(new JsonArray([.. new ReleaseStore(database).All().Select(release => release.ToJson())])));
    }
}
