using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary><c>targets</c> and every delegated role: which files are signed for, and whom it trusts with others.</summary>
/// <param name="Targets">Target path to what it must be.</param>
public sealed record TargetsMetadata(long Version, DateTimeOffset Expires, IReadOnlyDictionary<string, TargetEntry> Targets, Delegations? Delegations = null)
    : TufMetadata(Version, Expires)
{
    public override string Type => RoleNames.Targets;

    /// <exception cref="TufException">Format.</exception>
    public static TargetsMetadata Read(SignedMetadata file, string name)
    {
        var signed = Open(file, RoleNames.Targets, name);
        return new TargetsMetadata(
            signed.Number("version", 1),
            signed.Time("expires"),
            signed.Map("targets", (_, target) => TargetEntry.Read(target)),
            signed.Optional("delegations") is { } delegations ? Delegations.Read(delegations) : null);
    }

    protected override void Write(JsonObject json)
    {
        json["targets"] = TufJson.Map(Targets, target => target.ToJson());
        if (Delegations is not null)
        {
            json["delegations"] = Delegations.ToJson();
        }
    }
}
