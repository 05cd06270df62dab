using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>key add|list|remove</c> and <c>audit</c>: work on the database; a hub that runs asks it at every request.</summary>
internal static class KeyCommands
{
    private const int AuditPage = 1000;

    public static Task<int> AddAsync(Arguments arguments)
    {
        var name = arguments[0];
        var role = ServiceRoles.Parse(arguments.Option("--role")) ?? throw new UsageException("--role is read, write or admin.");
        if (!ApiKeyStore.IsValidName(name))
        {
            throw new CloudException($"'{name}' is no name: use 1 to 64 of A-Z a-z 0-9 . _ : -");
        }

        using var database = HubDatabase.Open(DataDirectory.Create(arguments.Data), arguments.Database);
        var keys = new ApiKeyStore(database);
        var added = new ApiKey(name, role, arguments.Has("--certificate")).ToJson();
        added["key"] = arguments.Has("--certificate") ? null : keys.Add(name, role);
        return added["key"] is not null || (arguments.Has("--certificate") && keys.AddCertificate(name, role))
            ? Task.FromResult(Output.Json(added))
            : throw new CloudException($"There is a key '{name}' already. Remove it first: edgevision-cloud key remove {name}");
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var all = new ApiKeyStore(database).All();
        return Task.FromResult(arguments.Has("--json")
            ? Output.Json(new JsonArray([.. all.Select(key => key.ToJson())]))
            : Output.Lines(all.Select(key => $"{key.Name} {ServiceRoles.NameOf(key.Role)}{(key.IsCertificate ? " (certificate)" : "")}")));
    }

    public static Task<int> RemoveAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        return new ApiKeyStore(database).Remove(arguments[0])
            ? Task.FromResult(Output.Lines([$"{arguments[0]} removed"]))
            : throw new CloudException($"There is no key '{arguments[0]}'. See: edgevision-cloud key list");
    }

    public static Task<int> AuditAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var (audit, after) = (new AuditTrail(database), arguments.Number("--after", 0, 0, long.MaxValue));
        while (audit.Read(after, AuditPage, arguments.Option("--target")) is { Count: > 0 } entries)
        {
            Output.Lines(entries.Select(entry => entry.ToJson().ToJsonString(JsonText.Readable)));
            after = entries[^1].Sequence;
        }

        return Task.FromResult(0);
    }
}
