using EdgeVision.Cloud.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeVision.Cloud.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void Open_DatabaseOfTheFirstSchema_KeepsItsDevicesAndLearnsTheRest()
    {
        using var folder = new TemporaryDirectory();
        var directory = DataDirectory.Create(folder.File("hub"));
        using (var old = new SqliteConnection($"Data Source={directory.Database};Pooling=False"))
        {
            old.Open();
            old.Execute("""
                CREATE TABLE device (
                    id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, primary_key TEXT NOT NULL, secondary_key TEXT NOT NULL, generation TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE twin (
                    device_id TEXT PRIMARY KEY REFERENCES device (id),
                    desired TEXT NOT NULL, desired_version INTEGER NOT NULL, reported TEXT NOT NULL, reported_version INTEGER NOT NULL) WITHOUT ROWID;
                INSERT INTO device VALUES ('cam-1', 1, 'a2V5MQ==', 'a2V5Mg==', 'g');
                INSERT INTO twin VALUES ('cam-1', '{"a":1}', 2, '{}', 1);
                PRAGMA user_version = 1;
                """);
        }

        using var database = HubDatabase.Open(directory);

        Assert.Equal(new Device("cam-1", Enabled: true, DeviceCredentials.Keys("a2V5MQ==", "a2V5Mg=="), "g"), new DeviceRegistry(database).Find("cam-1"));
        Assert.Equal(2, new TwinStore(database).Find("cam-1")!.DesiredVersion);
        Assert.NotNull(new DeviceRegistry(database).AddModule("cam-1/vision"));
        Assert.Equal(RegistryOutcome.Done, new DeviceRegistry(database).Remove("cam-1"));
    }
}
