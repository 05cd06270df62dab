using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeVision.Cloud.Tests;

public sealed class HubDatabaseTests
{
    [Fact]
    public void Open_FileOfTheFirstVersion_KeepsEverythingAndLearnsTheRest()
    {
        using var folder = new TemporaryDirectory();
        var directory = DataDirectory.Create(folder.File("hub"));
        using (var old = new SqliteConnection($"Data Source={directory.Database};Pooling=False"))
        {
            old.Open();
            old.Execute(SchemaSteps.First);
            old.Execute("""
                INSERT INTO device VALUES ('cam-1', 1, 'a2V5', 'a2V5', 'g');
                INSERT INTO twin VALUES ('cam-1', '{"interval":5}', 4, '{"fps":9}', 7);
                INSERT INTO telemetry (device_id, enqueued, properties, system_properties, body) VALUES ('cam-1', 1, '{}', '{}', x'01');
                PRAGMA user_version = 1;
                """);
        }

        using var database = HubDatabase.Open(directory);

        Assert.Equal(("a2V5", 1), (new DeviceRegistry(database).Find("cam-1")!.PrimaryKey, new DeviceRegistry(database).Find("cam-1")!.Version));
        var twin = new TwinStore(database).Find("cam-1")!;
        Assert.Equal(
            """{"deviceId":"cam-1","etag":"4","version":10,"tags":{},"properties":{"desired":{"interval":5,"$version":4},"reported":{"fps":9,"$version":7}}}""",
            twin.ToJson(withMetadata: false).ToJsonString());
        Assert.Single(new TelemetryStore(database).Read("cam-1", 0, 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_DatabaseThatKeptNoMetadata_ShowsTheTimeOfTheUpdateUntilTheNextWrite(bool isPostgres)
    {
        using var folder = new TemporaryDirectory();
        var directory = DataDirectory.Create(folder.File("hub"));
        var choice = isPostgres ? Postgres.Shared.CreateDatabase() : "sqlite";
        IDatabaseEngine engine = isPostgres ? new PostgresEngine(choice) : new SqliteEngine(directory.Database);
        using (var old = engine.Connect())
        {
            old.Execute(engine.Translate(SchemaSteps.First + WireSchema.Step2 + SchemaSteps.Service));
            old.Execute("INSERT INTO device (id, enabled, primary_key, secondary_key, generation) VALUES ('cam-1', 1, 'a2V5', 'a2V5', 'g')");
            old.Execute("""INSERT INTO twin (device_id, desired, desired_version, reported, reported_version) VALUES ('cam-1', '{"a":{"b":1,"c":2}}', 4, '{"fps":9}', 7)""");
            engine.WriteVersion(old, 3);
        }

        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
        using var database = HubDatabase.Open(directory, choice);
        var after = TimeProvider.System.GetUtcNow();
        var now = new ManualTime(after.AddDays(1));
        var twin = new TwinStore(database).Find("cam-1")!;
        Assert.Equal("""{"desired":{"a":{"b":1,"c":2},"$version":4},"reported":{"fps":9,"$version":7}}""", twin.Sections().ToJsonString());
        var updated = (string)twin.DesiredMetadata.Of(twin.Desired)["a"]!["b"]!["$lastUpdated"]!;
        Assert.InRange(DateTimeOffset.Parse(updated, CultureInfo.InvariantCulture), before, after);

        new TwinStore(database, now).Update("cam-1", new TwinUpdate(null, JsonNode.Parse("""{"a":{"b":3}}""")!.AsObject()));

        twin = new TwinStore(database).Find("cam-1")!;
        Assert.Equal(
            """{"$lastUpdated":"new","a":{"$lastUpdated":"new","b":{"$lastUpdated":"new","$lastUpdatedVersion":5},"c":{"$lastUpdated":"old"},"$lastUpdatedVersion":5},"$lastUpdatedVersion":5}""",
            Described(twin.DesiredMetadata.Of(twin.Desired)));
        Assert.Equal("""{"$lastUpdated":"old","fps":{"$lastUpdated":"old"}}""", Described(twin.ReportedMetadata.Of(twin.Reported)));

        string Described(JsonObject metadata) => metadata.ToJsonString()
            .Replace(updated, "old", StringComparison.Ordinal).Replace(TwinMetadataTests.Text(now.GetUtcNow()), "new", StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfANewerProgram_IsRefused()
    {
        using var folder = new TemporaryDirectory();
        var directory = DataDirectory.Create(folder.File("hub"));
        using (var newer = new SqliteConnection($"Data Source={directory.Database};Pooling=False"))
        {
            newer.Open();
            newer.Execute("PRAGMA user_version = 99");
        }

        Assert.Contains("newer edgevision-cloud (schema 99", Assert.Throws<CloudException>(() => HubDatabase.Open(directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Postgres_IsRememberedWithoutItsPassword()
    {
        using var folder = new TemporaryDirectory();
        var directory = DataDirectory.Create(folder.File("hub"));
        using (var database = HubDatabase.Open(directory, Postgres.Shared.CreateDatabase()))
        {
            Assert.StartsWith("PostgreSQL 127.0.0.1:", database.Name, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("s3cret", File.ReadAllText(directory.DatabaseChoice), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory.DatabaseChoice));
        var withoutPassword = Assert.Throws<CloudException>(() => HubDatabase.Open(directory));
        Assert.Contains("EDGEVISION_DATABASE", withoutPassword.Message, StringComparison.Ordinal);
        using var back = HubDatabase.Open(directory, "sqlite");
        Assert.EndsWith("hub.db", back.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=;Password=s3cret", "no connection string")]
    [InlineData("Hosst=x;Database=y;Password=s3cret", "no connection string")]
    [InlineData("postgres://u:s3cret@host/db", "no connection string")]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=s3cret;Timeout=2", "Check that it runs")]
    public void Open_WrongConnection_SaysWhatToDoAndNoSecret(string database, string words)
    {
        using var folder = new TemporaryDirectory();

        var refused = Assert.Throws<CloudException>(() => HubDatabase.Open(DataDirectory.Create(folder.File("hub")), database));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example;Database=hub", "VerifyFull")]
    [InlineData("Host=db.example;Database=hub;SSL Mode=Require", "Require")]
    [InlineData("Host=127.0.0.1;Database=hub", "Prefer")]
    [InlineData("Host=/run/postgresql;Database=hub", "Prefer")]
    public void Postgres_OnAnotherMachine_HasToProveItsNameUnlessToldOtherwise(string database, string mode) => Assert.Equal(mode, new PostgresEngine(database).Encryption);

    [Fact]
    public void Read_AfterTheServerCameBack_ConnectsAgain()
    {
        Postgres.Require();
        using var server = new Postgres();
        using var folder = new TemporaryDirectory();
        using var database = HubDatabase.Open(DataDirectory.Create(folder.File("hub")), server.CreateDatabase());
        new DeviceRegistry(database).Add("cam-1");
        server.Kill();
        Assert.ThrowsAny<System.Data.Common.DbException>(() => new DeviceRegistry(database).Find("cam-1"));
        Assert.ThrowsAny<System.Data.Common.DbException>(() => new DeviceRegistry(database).Add("cam-2"));

        server.Start();

        Assert.NotNull(new DeviceRegistry(database).Find("cam-1"));
        new DeviceRegistry(database).Add("cam-2");
        server.Kill();
        server.Start();
        new DeviceRegistry(database).Add("cam-3"); // nobody noticed that it was away
        Assert.Equal(3, new DeviceRegistry(database).All().Count);
    }
}
