using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

/// <summary>What the stores promise, on each database. Two <see cref="HubDatabase"/> are two processes: they share nothing but the database.</summary>
public abstract class StoreTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly string? _database;

    private protected StoreTests(string? database) => _database = database;

    private DataDirectory Directory => DataDirectory.Create(_folder.File("hub"));

    [Fact]
    public async Task Twin_TwoProcessesWriteAtOnce_NothingIsLost()
    {
        const int Each = 60;
        using var one = Open();
        using var two = Open();
        new DeviceRegistry(one).Add("cam-1");

        await Task.WhenAll(
            Task.Run(() => Repeat(Each, i => new TwinStore(one).Update("cam-1", new TwinUpdate(null, Json($$"""{"a{{i}}":1}"""))))),
            Task.Run(() => Repeat(Each, i => new TwinStore(two).Update("cam-1", new TwinUpdate(Json($$"""{"last":{{i}}}"""), Json($$"""{"b{{i}}":1}"""))))),
            Task.Run(() => Repeat(Each, i => new TwinStore(two).Report("cam-1", Json($$"""{"r{{i}}":1}""")))));

        var twin = new TwinStore(one).Find("cam-1")!;
        Assert.Equal((1 + 2 * Each, 1 + Each, 1 + Each), (twin.DesiredVersion, twin.TagsVersion, twin.ReportedVersion));
        Assert.Equal((2 * Each, Each), (twin.Desired.Count, twin.Reported.Count));
    }

    [Fact]
    public async Task Telemetry_TwoProcessesAppendWhileOneFollows_TheFollowerMissesNothing()
    {
        const int Batches = 40, Size = 25;
        using var one = Open();
        using var two = Open();
        using var three = Open();
        var seen = new List<TelemetryMessage>();
        var writing = Task.WhenAll(
            Task.Run(() => Repeat(Batches, i => new TelemetryStore(one).Append(Messages("cam-1", i * Size, Size)))),
            Task.Run(() => Repeat(Batches, i => new TelemetryStore(two).Append(Messages("cam-2", i * Size, Size)))));

        // Follows by "after the last one": a number that becomes visible behind a greater one would be missed for ever.
        var reading = new TelemetryStore(three);
        for (long after = 0; seen.Count < 2 * Batches * Size;)
        {
            var isDone = writing.IsCompleted;
            var page = reading.Read(null, after, 50);
            seen.AddRange(page);
            after = page is [.., var last] ? last.Sequence : after;
            Assert.False(isDone && page.Count == 0, $"only {seen.Count} messages were seen");
        }

        await writing;
        foreach (var device in new[] { "cam-1", "cam-2" })
        {
            Assert.Equal(Enumerable.Range(0, Batches * Size), seen.Where(message => message.DeviceId == device).Select(message => BitConverter.ToInt32(message.Body)));
        }
    }

    [Fact]
    public void Telemetry_RoundTrip_IsWhatWasStoredAndPagesAreBounded()
    {
        using var database = Open();
        var store = new TelemetryStore(database);
        var odd = new Dictionary<string, string> { ["grüße"] = "a\0b'\"\\", [""] = "" };
        store.Append([new TelemetryMessage(0, "cam-1", DateTimeOffset.FromUnixTimeMilliseconds(1767225600123), odd, odd, [0, 255, 7])]);
        store.Append([.. Enumerable.Range(0, 40).Select(_ => new TelemetryMessage(0, "cam-2", DateTimeOffset.UnixEpoch, odd, odd, new byte[256 * 1024]))]);

        var message = Assert.Single(store.Read("cam-1", 0, 10));
        Assert.Equal(odd, message.Properties);
        Assert.Equal(odd, message.SystemProperties);
        Assert.Equal(1767225600123L, message.Enqueued.ToUnixTimeMilliseconds());
        Assert.Equal<byte>([0, 255, 7], message.Body);
        Assert.Equal(16, store.Read("cam-2", 0, 1000).Count); // 16 x 256 KB = 4 MB
        Assert.Equal(store.Newest(), store.Read("cam-2", store.Newest() - 1, 5).Single().Sequence);
    }

    [Fact]
    public void Trim_PastADestination_CountsWhatItMissedAndGoesOnBehindIt()
    {
        using var database = Open();
        var (store, destinations) = (new TelemetryStore(database), new DestinationStore(database));
        destinations.Add("slow", new DestinationSettings("webhook", "https://x/", "", "s", "", false), after: 0);
        store.Append(Messages("cam-1", 0, 10, DateTimeOffset.UnixEpoch));
        store.Append(Messages("cam-1", 10, 2, TimeProvider.System.GetUtcNow()));
        destinations.TryHold("slow", "me", TimeProvider.System.GetUtcNow());
        destinations.Advance("slow", "me", store.Read(null, 0, 3)[^1].Sequence, 3, 0);

        var lost = store.Trim(TimeProvider.System.GetUtcNow());

        Assert.Equal([("slow", 7L)], lost);
        var slow = destinations.Find("slow")!;
        Assert.Equal((3, 7), (slow.Delivered, slow.Lost));
        Assert.Equal(2, store.Read(null, slow.Reached, 100).Count);
        Assert.Empty(store.Trim(TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public void Destination_HeldByAnother_IsNotOursUntilTheHoldRunsOut()
    {
        using var database = Open();
        var destinations = new DestinationStore(database);
        destinations.Add("x", new DestinationSettings("webhook", "https://x/", "", "s", "", false), after: 0);
        var now = TimeProvider.System.GetUtcNow();

        Assert.True(destinations.TryHold("x", "one", now));
        Assert.True(destinations.TryHold("x", "one", now.AddSeconds(10)));
        Assert.False(destinations.TryHold("x", "two", now.AddSeconds(39)));
        destinations.Advance("x", "two", 5, 5, 0); // not the holder's word
        Assert.Equal(0, destinations.Find("x")!.Reached);
        Assert.True(destinations.TryHold("x", "two", now.AddSeconds(41)));
        destinations.Release("two");
        Assert.True(destinations.TryHold("x", "three", now));
    }

    [Fact]
    public void Registry_ChangesWithEtags_AreCheckedAndRemembered()
    {
        using var database = Open();
        var devices = new DeviceRegistry(database);
        Assert.Equal(RegistryOutcome.Done, devices.Create("cam-1", new DeviceChange(), "key:x").Outcome);
        Assert.Equal(RegistryOutcome.Exists, devices.Create("cam-1", new DeviceChange(), "key:x").Outcome);
        Assert.Equal(RegistryOutcome.Done, devices.Update("cam-1", new DeviceChange(Enabled: false), "\"1\"", "key:x").Outcome);
        Assert.Equal(RegistryOutcome.Changed, devices.Update("cam-1", new DeviceChange(Enabled: true), "\"1\"", "key:x").Outcome);
        devices.Add("Cam-2");
        devices.Add("_cam");

        Assert.Equal(["Cam-2", "_cam", "cam-1"], devices.All().Select(device => device.Id)); // by bytes, on both
        Assert.Equal((3, 2), devices.Count());
        Assert.Equal(RegistryOutcome.Changed, devices.Remove("cam-1", "\"1\""));
        Assert.Equal(RegistryOutcome.Done, devices.Remove("cam-1", "*", "key:y"));
        Assert.Equal(
            ["key:x device.added {\"status\":\"enabled\"}", "key:x device.updated {\"status\":\"disabled\",\"keysChanged\":false}", "key:y device.removed {}"],
            new AuditTrail(database).Read(0, 10, "cam-1").Select(entry => $"{entry.Actor} {entry.Action} {entry.Detail.ToJsonString()}"));
    }

    [Fact]
    public void Write_ThatThrows_ChangesNothingAndTheNextOneWorks()
    {
        using var database = Open();
        Assert.Throws<InvalidOperationException>(() => database.Write<int>(connection =>
        {
            connection.Execute("INSERT INTO rollout (device_id, model, version, started) VALUES ('a', 'b', 'c', 0)");
            throw new InvalidOperationException();
        }));
        Assert.ThrowsAny<System.Data.Common.DbException>(() => database.Write(connection => connection.Execute("INSERT INTO nowhere VALUES (1)")));

        Assert.Equal(1, database.Write(connection => connection.Execute("INSERT INTO rollout (device_id, model, version, started) VALUES ('a', 'b', 'c', 0)")));
        Assert.Equal(1, database.Read(connection => connection.Query("SELECT count(*) FROM rollout", row => row.GetInt64(0)))[0]);
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesTheTablesOnce()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Open)));

        Assert.All(opened, database => Assert.Empty(new DeviceRegistry(database).All()));
        Array.ForEach(opened, database => database.Dispose());
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected HubDatabase Open() => HubDatabase.Open(Directory, _database);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static void Repeat(int times, Action<int> action)
    {
        for (var i = 0; i < times; i++)
        {
            action(i);
        }
    }

    private static List<TelemetryMessage> Messages(string device, int first, int count, DateTimeOffset? at = null) =>
        [.. Enumerable.Range(first, count).Select(i => new TelemetryMessage(0, device, at ?? TimeProvider.System.GetUtcNow(), new Dictionary<string, string>(), new Dictionary<string, string>(), BitConverter.GetBytes(i)))];
}
