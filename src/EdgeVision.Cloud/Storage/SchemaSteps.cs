namespace EdgeVision.Cloud.Storage;

/// <summary>What each step of the <see cref="Schema"/> adds. Times are milliseconds since 1970.</summary>
internal static class SchemaSteps
{
    /// <summary>Devices, twins, telemetry, models.</summary>
    public const string First = """
        CREATE TABLE device (
            id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, primary_key TEXT NOT NULL, secondary_key TEXT NOT NULL, generation TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE twin (
            device_id TEXT PRIMARY KEY REFERENCES device (id),
            desired TEXT NOT NULL, desired_version INTEGER NOT NULL, reported TEXT NOT NULL, reported_version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE telemetry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL, enqueued INTEGER NOT NULL, properties TEXT NOT NULL, system_properties TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX telemetry_of_device ON telemetry (device_id, sequence);
        CREATE TABLE release (
            model TEXT NOT NULL, version TEXT NOT NULL, counter INTEGER NOT NULL, manifest_sha256 TEXT NOT NULL, manifest_size INTEGER NOT NULL, published INTEGER NOT NULL,
            PRIMARY KEY (model, version)) WITHOUT ROWID;
        CREATE TABLE rollout (
            number INTEGER PRIMARY KEY AUTOINCREMENT, device_id TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, started INTEGER NOT NULL);
        """;

    /// <summary>The service side: etags, tags, keys, the audit trail, destinations of telemetry.</summary>
    public const string Service = """
        ALTER TABLE device ADD COLUMN etag INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE twin ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE twin ADD COLUMN tags_version INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE api_key (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT UNIQUE, created INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE TABLE destination (
            name TEXT PRIMARY KEY, settings TEXT NOT NULL, reached INTEGER NOT NULL, delivered INTEGER NOT NULL, skipped INTEGER NOT NULL, lost INTEGER NOT NULL,
            paused INTEGER NOT NULL, error TEXT NOT NULL, holder TEXT NOT NULL, held_until INTEGER NOT NULL) WITHOUT ROWID;
        """;
    /// <summary>When each property of a twin was last written. Of what is older nobody knows: it counts as written when this step was taken.</summary>
    public const string Metadata = """
        ALTER TABLE twin ADD COLUMN desired_metadata TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE twin ADD COLUMN reported_metadata TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE twin ADD COLUMN metadata_since INTEGER NOT NULL DEFAULT 0;
        UPDATE twin SET metadata_since = @now;
        """;
}
