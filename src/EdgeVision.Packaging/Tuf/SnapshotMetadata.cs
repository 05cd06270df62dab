using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary><c>snapshot</c>: which versions of targets metadata belong together.</summary>
/// <param name="Meta">File name (<c>targets.json</c>, <c>ROLE.json</c>) to what it must be.</param>
public sealed record SnapshotMetadata(long Version, DateTimeOffset Expires, IReadOnlyDictionary<string, MetaFile> Meta) : TufMetadata(Version, Expires)
{
    public override string Type => RoleNames.Snapshot;

    /// <exception cref="TufException">Format.</exception>
    public static SnapshotMetadata Read(SignedMetadata file, string name)
    {
        var signed = Open(file, RoleNames.Snapshot, name);
        return new SnapshotMetadata(signed.Number("version", 1), signed.Time("expires"), signed.Map("meta", (_, meta) => MetaFile.Read(meta)));
    }

    protected override void Write(JsonObject json) => json["meta"] = TufJson.Map(Meta, meta => meta.ToJson());
}
