namespace EdgeVision.Cloud.Storage;

/// <summary>The second step of the schema: certificates, modules, cloud-to-device messages, provisioning, file upload and the diary of connections.</summary>
internal static class WireSchema
{
    public const string Step2 = """
        ALTER TABLE device ADD COLUMN authentication TEXT NOT NULL DEFAULT 'sas';
        ALTER TABLE device ADD COLUMN primary_thumbprint TEXT NOT NULL DEFAULT '';
        ALTER TABLE device ADD COLUMN secondary_thumbprint TEXT NOT NULL DEFAULT '';
        CREATE TABLE authority (thumbprint TEXT PRIMARY KEY, subject TEXT NOT NULL, pem TEXT NOT NULL);
        CREATE TABLE device_message (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, device_id TEXT NOT NULL, message_id TEXT NOT NULL, enqueued INTEGER NOT NULL, expires INTEGER NOT NULL,
            ack TEXT NOT NULL, delivery_count INTEGER NOT NULL, bag TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX device_message_of_device ON device_message (device_id, sequence);
        CREATE INDEX device_message_by_expiry ON device_message (expires);
        CREATE TABLE notice (sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, enqueued INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX notice_of_kind ON notice (kind, sequence);
        CREATE TABLE enrollment (
            id TEXT PRIMARY KEY, is_group INTEGER NOT NULL, enabled INTEGER NOT NULL, attestation TEXT NOT NULL, device_id TEXT NOT NULL,
            primary_key TEXT NOT NULL, secondary_key TEXT NOT NULL, primary_thumbprint TEXT NOT NULL, secondary_thumbprint TEXT NOT NULL);
        CREATE TABLE registration (
            id TEXT PRIMARY KEY, enrollment_id TEXT NOT NULL, device_id TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, etag TEXT NOT NULL);
        CREATE TABLE upload (correlation_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, blob_name TEXT NOT NULL, started INTEGER NOT NULL);
        CREATE INDEX upload_of_device ON upload (device_id);
        CREATE TABLE connection_event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, occurred INTEGER NOT NULL, device_id TEXT NOT NULL, code INTEGER NOT NULL, reason TEXT NOT NULL);
        PRAGMA user_version = 2;
        """;
}
