using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>A role that another trusts with some target paths.</summary>
/// <param name="Terminating">When its paths match and it has no such target, nobody after it is asked.</param>
/// <param name="Paths">Patterns with <c>*</c> and <c>?</c>, neither of which matches a <c>/</c>; null when <paramref name="PathHashPrefixes"/> decide.</param>
/// <param name="PathHashPrefixes">Hex beginnings of the sha256 of the target path.</param>
/// <remarks>Example: <c>models/yolox/*/manifest.json</c> covers <c>models/yolox/1.0.0/manifest.json</c>, not <c>models/yolox/1/0/manifest.json</c>.</remarks>
public sealed record DelegatedRole(
    string Name,
    TufRole Role,
    bool Terminating = false,
    IReadOnlyList<string>? Paths = null,
    IReadOnlyList<string>? PathHashPrefixes = null)
{
    private const int MaxPatterns = 32768;

    internal static DelegatedRole Read(MetadataField field)
    {
        var role = new DelegatedRole(field.Text("name"), TufRole.Read(field), field.Flag("terminating"), Texts(field, "paths"), Texts(field, "path_hash_prefixes"));
        if ((role.Paths is null) == (role.PathHashPrefixes is null))
        {
            throw field.Problem("paths", "or path_hash_prefixes must be given, and not both");
        }

        // Its file would take the place of that role's own.
        return RoleNames.TopLevel.Contains(role.Name) || role.Name.Length == 0 ? throw field.Problem("name", $"'{role.Name}' cannot be delegated to") : role;
    }

    internal bool Covers(string targetPath) => Paths?.Any(pattern => PathPattern.Matches(pattern, targetPath)) ?? HashMatches(targetPath);

    internal JsonObject ToJson()
    {
        var json = Role.ToJson();
        json["name"] = Name;
        json["terminating"] = Terminating;
        json[Paths is null ? "path_hash_prefixes" : "paths"] = TufJson.List(Paths ?? PathHashPrefixes ?? []);
        return json;
    }

    private bool HashMatches(string targetPath)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(targetPath)));
        return PathHashPrefixes!.Any(prefix => hash.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static List<string>? Texts(MetadataField field, string name) => field.Optional(name) is null ? null : [.. field.Array(name, MaxPatterns).Select(text => text.AsText())];
}
