using System.Text.Json.Nodes;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;
using EdgeVision.Packaging.Repository;

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
        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        return Task.FromResult(Output.Json(new JsonArray([.. new ModelRepository(directory, new ReleaseStore(database), TimeProvider.System).All().Select(ToJson)])));
    }

    private static JsonNode ToJson(RepositoryRelease release)
    {
        var json = Release.Of(release).ToJson();
        (json["published"], json["revoked"]) = (release.IsPublished, release.IsRevoked);
        return json;
    }
}
