using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary><c>root</c>: the keys of the four top-level roles. Everything else is believed because this is.</summary>
/// <param name="ConsistentSnapshot">Files carry their version or digest in their names, so that a release can be written while another is read.</param>
/// <param name="Keys">Key id to key.</param>
/// <param name="Roles"><c>root</c>, <c>timestamp</c>, <c>snapshot</c>, <c>targets</c>; others are not looked at.</param>
public sealed record RootMetadata(
    long Version,
    DateTimeOffset Expires,
    bool ConsistentSnapshot,
    IReadOnlyDictionary<string, TufKey> Keys,
    IReadOnlyDictionary<string, TufRole> Roles) : TufMetadata(Version, Expires)
{
    public override string Type => RoleNames.Root;

    /// <exception cref="TufException">Format.</exception>
    public static RootMetadata Read(SignedMetadata file, string name)
    {
        var signed = Open(file, RoleNames.Root, name);
        var roles = signed.Object("roles");
        return new RootMetadata(
            signed.Number("version", 1),
            signed.Time("expires"),
            signed.Optional("consistent_snapshot") is not null && signed.Flag("consistent_snapshot"),
            signed.Map("keys", (_, key) => TufKey.Read(key)),
            RoleNames.TopLevel.ToDictionary(role => role, role => TufRole.Read(roles.Object(role))));
    }

    /// <summary>Who may sign for one of the four.</summary>
    public RoleKeys KeysOf(string role) => new(Keys, Roles[role]);

    protected override void Write(JsonObject json)
    {
        json["consistent_snapshot"] = ConsistentSnapshot;
        json["keys"] = TufJson.Map(Keys, key => key.ToJson());
        json["roles"] = TufJson.Map(Roles, role => role.ToJson());
    }
}
