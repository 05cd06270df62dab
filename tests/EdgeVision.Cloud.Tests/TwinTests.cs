using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public class TwinTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Get = "$iothub/twin/GET/?$rid=", Report = "$iothub/twin/PATCH/properties/reported/?$rid=";

    [Fact]
    public async Task Device_GetsAndReports_WithVersionsThatCount()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);

        Assert.Equal(("$iothub/twin/res/204/?$rid=a1&$version=2", ""), await Ask(device, Report + "a1", """{"fps":10,"model":{"name":"x","old":1}}"""));
        Assert.Equal(("$iothub/twin/res/204/?$rid=a2&$version=3", ""), await Ask(device, Report + "a2", """{"fps":12.5,"model":{"old":null,"list":[1]}}"""));
        var (topic, twin) = await Ask(device, Get + "a3", "");

        Assert.Equal("$iothub/twin/res/200/?$rid=a3", topic);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"desired":{"$version":1},"reported":{"fps":12.5,"model":{"name":"x","list":[1]},"$version":3}}"""), JsonNode.Parse(twin)), twin);
    }

    [Theory]
    [InlineData("[1]", 400)]
    [InlineData("{", 400)]
    [InlineData("""{"a":1,"a":2}""", 400)]
    [InlineData("""{"$version":9}""", 400)]
    [InlineData("""{"a.b":9}""", 400)]
    [InlineData("""{"a":4503599627370496}""", 400)]
    [InlineData("""{"1":{"2":{"3":{"4":{"5":{"6":{"7":{"8":{"9":{"10":{"11":0}}}}}}}}}}}""", 400)]
    public async Task Device_ReportsWhatATwinMayNotHold_IsToldAndNothingChanges(string patch, int status)
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);

        var (topic, error) = await Ask(device, Report + "1", patch);

        Assert.Equal($"$iothub/twin/res/{status}/?$rid=1", topic);
        Assert.True((int)JsonNode.Parse(error)!["errorCode"]! >= 400000);
        Assert.Equal(1, hub.Twin("cam-1").ReportedVersion);
    }

    [Fact]
    public async Task Device_ReportsOver32KB_IsToldSo()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);
        string Patch(char key) => "{" + string.Join(',', Enumerable.Range(0, 5).Select(i => $"\"{key}{i}\":\"{new string('x', 4000)}\"")) + "}";

        Assert.StartsWith("$iothub/twin/res/204/", (await Ask(device, Report + "1", Patch('a'))).Topic, StringComparison.Ordinal);

        Assert.StartsWith("$iothub/twin/res/413/", (await Ask(device, Report + "2", Patch('b'))).Topic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_PatchesDesired_OnlyThatDeviceIsTold()
    {
        var hub = await shared.EmptyAsync();
        await using var one = await hub.ConnectAsync("cam-1");
        await using var two = await hub.ConnectAsync("cam-2");
        foreach (var device in new[] { one, two })
        {
            await device.SubscribeAsync(HubTopic.TwinDesiredFilter);
            await device.SubscribeAsync(HubTopic.TwinResponseFilter);
        }

        var (status, twin) = await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"interval":5,"gone":null}}}""");
        await Ask(one, Get + "1", ""); // the notice came first

        Assert.Equal(200, status);
        Assert.Equal(2, twin.GetProperty("properties").GetProperty("desired").GetProperty("$version").GetInt64());
        Assert.True(await two.HearsNothingAsync());

        async Task<(string Topic, string Payload)> Ask(RawDevice device, string topic, string payload)
        {
            Assert.Equal(("$iothub/twin/PATCH/properties/desired/?$version=2", """{"interval":5,"gone":null,"$version":2}"""), await device.ReceiveAsync());
            return await TwinTests.Ask(device, topic, payload);
        }
    }

    [Fact]
    public async Task Service_PatchesForAnOldVersion_IsRefused()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");

        Assert.Equal(200, (await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"a":1}}}""", ifMatch: "\"1\"")).Status);
        Assert.Equal(412, (await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"a":2}}}""", ifMatch: "\"1\"")).Status);
        Assert.Equal(400, (await hub.AskAsync("PATCH", "twins/cam-1", """{"desired":{"a":2}}""")).Status);
        Assert.Equal(404, (await hub.AskAsync("PATCH", "twins/cam-9", """{"properties":{"desired":{"a":2}}}""")).Status);
        Assert.Equal(1, (int)hub.Twin("cam-1").Desired["a"]!);
    }

    [Fact]
    public async Task Metadata_OfWhatServiceAndDeviceWrote_IsForTheServiceOnlyAndSurvivesBeingSentBack()
    {
        var hub = await shared.EmptyAsync();
        var before = TimeProvider.System.GetUtcNow();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);
        await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"a":{"b":1,"c":2}}}}""");
        await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"a":{"c":null,"d":[1]}}}}""");
        await Ask(device, Report + "1", """{"model":{"name":"x"}}""");

        var read = (await hub.AskAsync("GET", "twins/cam-1")).Body;
        var (desired, reported) = (read.GetProperty("properties").GetProperty("desired"), read.GetProperty("properties").GetProperty("reported"));
        Assert.Equal(
            ". 3 / a 3 / a.b 2 / a.d 3",
            Versions(desired.GetProperty("$metadata"), ""));
        var stamp = reported.GetProperty("$metadata").GetProperty("model").GetProperty("name").GetProperty("$lastUpdated").GetString()!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", stamp);
        Assert.InRange(DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture), before, TimeProvider.System.GetUtcNow());
        Assert.DoesNotContain("$lastUpdatedVersion", reported.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""{"desired":{"a":{"b":1,"d":[1]},"$version":3},"reported":{"model":{"name":"x"},"$version":2}}""", (await Ask(device, Get + "2", "")).Payload);

        // Read, and sent back whole: the hub's own members are no properties.
        Assert.Equal(200, (await hub.AskAsync("PUT", "twins/cam-1", read.GetRawText())).Status);
        Assert.Equal(". 4 / a 4 / a.b 4 / a.d 4", Versions((await hub.AskAsync("GET", "twins/cam-1")).Body.GetProperty("properties").GetProperty("desired").GetProperty("$metadata"), ""));
    }

    [Fact]
    public async Task Metadata_OfASectionThatIsFull_CountsInNoSizeAndNoQuery()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        // 2500 keys of 5 letters with a number of 8 bytes are 32 500 of 32 768, and their metadata is over 200 KB
        string Desired(int count) => """{"properties":{"desired":{""" + string.Join(',', Enumerable.Range(10_000, count).Select(i => $"\"{i}\":1")) + "}}}";

        Assert.Equal(200, (await hub.AskAsync("PATCH", "twins/cam-1", Desired(2500))).Status);
        Assert.Equal(413, (await hub.AskAsync("PATCH", "twins/cam-1", Desired(2521))).Status);

        async Task<JsonElement> QueryAsync(string where) => (await hub.AskAsync("POST", "devices/query", $$"""{"query":"SELECT * FROM devices WHERE {{where}}"}""")).Body;
        var found = await QueryAsync("properties.desired['10000'] = 1");
        Assert.True(found[0].GetProperty("properties").GetProperty("desired").GetProperty("$metadata").TryGetProperty("12499", out _));
        Assert.Equal(0, (await QueryAsync("IS_DEFINED(properties.desired['$metadata'])")).GetArrayLength());
    }

    [Fact]
    public async Task Twin_AfterRestart_IsAsItWas()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Add("cam-1");
        await hub.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"a":{"b":1}}}}""");

        await hub.RestartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);

        Assert.Equal("""{"desired":{"a":{"b":1},"$version":2},"reported":{"$version":1}}""", (await Ask(device, Get + "1", "")).Payload);
    }

    /// <summary>Each property with the version that wrote it, in the order of their names.</summary>
    private static string Versions(JsonElement metadata, string path) => string.Join(" / ", new[] { $"{(path.Length == 0 ? "." : path)} {metadata.GetProperty("$lastUpdatedVersion")}" }
        .Concat(metadata.EnumerateObject().Where(member => member.Name[0] != '$').OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => Versions(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))));

    private static async Task<(string Topic, string Payload)> Ask(RawDevice device, string topic, string payload)
    {
        await device.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), qos: 0);
        return await device.ReceiveAsync();
    }
}
