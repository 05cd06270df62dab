using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary><c>timestamp</c>: which snapshot is the newest. Signed often, by a key that is online.</summary>
public sealed record TimestampMetadata(long Version, DateTimeOffset Expires, MetaFile Snapshot) : TufMetadata(Version, Expires)
{
    private const string SnapshotFile = "snapshot.json";

    public override string Type => RoleNames.Timestamp;

    /// <exception cref="TufException">Format.</exception>
    public static TimestampMetadata Read(SignedMetadata file, string name)
    {
        var signed = Open(file, RoleNames.Timestamp, name);
        return new TimestampMetadata(signed.Number("version", 1), signed.Time("expires"), MetaFile.Read(signed.Object("meta").Object(SnapshotFile)));
    }

    protected override void Write(JsonObject json) => json["meta"] = new JsonObject { [SnapshotFile] = Snapshot.ToJson() };
}
