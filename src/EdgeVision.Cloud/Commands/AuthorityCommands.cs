using System.Text.Json.Nodes;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>ca add|list|remove</c>: whose devices may prove themselves with certificates. A running hub knows at the next connect.</summary>
internal static class AuthorityCommands
{
    public static Task<int> AddAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Create(arguments.Data), arguments.Database);
        return Task.FromResult(Output.Json(new JsonObject { ["thumbprint"] = new TrustedAuthorities(database).Add(arguments[0]) }));
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var all = new TrustedAuthorities(database).All().Select(authority => new JsonObject { ["thumbprint"] = authority.Thumbprint, ["subject"] = authority.Subject });
        return Task.FromResult(Output.Json(new JsonArray([.. all])));
    }

    public static Task<int> RemoveAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var thumbprint = ShownCertificate.NormalizeThumbprint(arguments[0]);
        return thumbprint is not null && new TrustedAuthorities(database).Remove(thumbprint)
            ? Task.FromResult(Output.Json(new JsonObject { ["thumbprint"] = thumbprint, ["removed"] = true }))
            : throw new CloudException($"There is no authority '{arguments[0]}'. See: edgevision-cloud ca list");
    }
}
