using System.Text.Json.Nodes;
using EdgeVision.Cloud.Forwarding;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>forward add|list|remove|resume</c>: work on the database; a hub that runs follows within a second.</summary>
internal static class ForwardCommands
{
    public static Task<int> AddAsync(Arguments arguments)
    {
        var name = arguments[0];
        var file = arguments.Option("--file") is { } path ? Path.GetFullPath(path) : null;
        var request = new DestinationRequest(arguments.Option("--webhook"), arguments.Option("--kafka"), arguments.Option("--topic"), file, arguments.Has("--skip-refused"));
        if ((ApiKeyStore.IsValidName(name) ? request.Violation() : $"'{name}' is no name: use 1 to 64 of A-Z a-z 0-9 . _ : -") is { } violation)
        {
            throw new CloudException(violation);
        }

        using var database = HubDatabase.Open(DataDirectory.Create(arguments.Data), arguments.Database);
        var settings = request.ToSettings();
        if (!new DestinationStore(database).Add(name, settings, arguments.Has("--after") ? arguments.Number("--after", 0, 0, long.MaxValue) : null))
        {
            throw new CloudException($"There is a destination '{name}' already. Remove it first: edgevision-cloud forward remove {name}");
        }

        return Task.FromResult(Output.Json(new JsonObject { ["name"] = name, ["kind"] = settings.Kind, ["secret"] = settings.Secret.Length > 0 ? settings.Secret : null }));
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var newest = new TelemetryStore(database).Newest();
        var all = new JsonArray([.. new DestinationStore(database).All().Select(destination => destination.ToJson(newest))]);
        return Task.FromResult(arguments.Has("--json") ? Output.Json(all) : Output.Lines(all.Select(forward => Line(forward!))));
    }

    public static Task<int> RemoveAsync(Arguments arguments) => ChangeAsync(arguments, (store, name) => store.Remove(name), "removed");

    public static Task<int> ResumeAsync(Arguments arguments) => ChangeAsync(arguments, (store, name) => store.Resume(name), "resumed");

    public static string Line(JsonNode forward) =>
        $"{forward["name"]} {forward["kind"]} {forward["address"]} {forward["topic"]}".TrimEnd() + $": {forward["state"]}, lag {forward["lag"]}, delivered {forward["delivered"]}, skipped {forward["skipped"]}, lost {forward["lost"]}"
        + (forward["error"]!.ToString() is { Length: > 0 } error ? $" ({error})" : "");

    private static Task<int> ChangeAsync(Arguments arguments, Func<DestinationStore, string, bool> change, string done)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        return change(new DestinationStore(database), arguments[0])
            ? Task.FromResult(Output.Lines([$"{arguments[0]} {done}"]))
            : throw new CloudException($"There is no destination '{arguments[0]}'. See: edgevision-cloud forward list");
    }
}
