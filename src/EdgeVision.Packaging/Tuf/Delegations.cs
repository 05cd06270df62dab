using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Whom a targets role trusts, for which paths. First match first.</summary>
/// <param name="Keys">Key id to key.</param>
/// <param name="Roles">In the order of their precedence; empty when <paramref name="Succinct"/> is given.</param>
/// <param name="Succinct">Hash bins in place of named roles.</param>
public sealed record Delegations(IReadOnlyDictionary<string, TufKey> Keys, IReadOnlyList<DelegatedRole> Roles, SuccinctRoles? Succinct = null)
{
    private const int MaxRoles = 8192;

    internal static Delegations Read(MetadataField field)
    {
        var keys = field.Map("keys", (_, key) => TufKey.Read(key));
        if (field.Optional("succinct_roles") is { } succinct)
        {
            return field.Optional("roles") is null ? new Delegations(keys, [], SuccinctRoles.Read(succinct)) : throw field.Problem("succinct_roles", "stands beside roles; only one of them can be followed");
        }

        var roles = field.Array("roles", MaxRoles).Select(DelegatedRole.Read).ToList();
        var unique = roles.Select(role => role.Name).ToHashSet(StringComparer.Ordinal).Count == roles.Count;
        return unique ? new Delegations(keys, roles) : throw field.Problem("roles", "names a role twice");
    }

    /// <summary>The roles to ask for a target, in order, up to and with the first that is terminating.</summary>
    internal IEnumerable<DelegatedRole> For(string targetPath)
    {
        foreach (var role in Succinct is null ? Roles.Where(role => role.Covers(targetPath)) : [Succinct.For(targetPath)])
        {
            yield return role;
            if (role.Terminating)
            {
                yield break;
            }
        }
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["keys"] = TufJson.Map(Keys, key => key.ToJson()) };
        if (Succinct is null)
        {
            json["roles"] = new JsonArray([.. Roles.Select(role => role.ToJson())]);
        }
        else
        {
            json["succinct_roles"] = Succinct.ToJson();
        }

        return json;
    }
}
