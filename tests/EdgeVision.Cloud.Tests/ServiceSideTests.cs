using System.Text;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

/// <summary>Identities, tags and queries over REST, on each database.</summary>
public class ServiceSideTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Key1 = "MDEyMzQ1Njc4OWFiY2RlZg==", Key2 = "ZmVkY2JhOTg3NjU0MzIxMA==";

    [Fact]
    public async Task Device_WithKeysOfTheCaller_HasThemAndEtagsCount()
    {
        var hub = await shared.EmptyAsync();
        var body = $$"""{"deviceId":"cam-1","authentication":{"type":"sas","symmetricKey":{"primaryKey":"{{Key1}}","secondaryKey":"{{Key2}}"} } }""";

        var (status, added) = await hub.AskAsync("PUT", "devices/cam-1?api-version=2021-04-12", body);
        Assert.Equal((200, Key1, "1"), (status, PrimaryKey(added), added.GetProperty("etag").GetString()));
        Assert.Equal(409, (await hub.AskAsync("PUT", "devices/cam-1", body)).Status);
        var (_, disabled) = await hub.AskAsync("PUT", "devices/cam-1", """{"status":"disabled"}""", ifMatch: "\"1\"");
        Assert.Equal(("disabled", Key1, "2"), (disabled.GetProperty("status").GetString(), PrimaryKey(disabled), disabled.GetProperty("etag").GetString()));
        Assert.Equal(412, (await hub.AskAsync("PUT", "devices/cam-1", """{"status":"enabled"}""", ifMatch: "\"1\"")).Status);
        Assert.Equal(404, (await hub.AskAsync("PUT", "devices/cam-9", """{"status":"enabled"}""", ifMatch: "*")).Status);
        Assert.Equal(412, (await hub.AskAsync("DELETE", "devices/cam-1", ifMatch: "\"1\"")).Status);
        Assert.Equal(204, (await hub.AskAsync("DELETE", "devices/cam-1", ifMatch: "\"2\"")).Status);
    }

    [Theory]
    [InlineData("bm90IGxvbmc=")] // 8 bytes
    [InlineData("no base64!")]
    public async Task Device_WithAWeakKey_IsRefused(string key)
    {
        var hub = await shared.EmptyAsync();

        Assert.Equal(400, (await hub.AskAsync("PUT", "devices/cam-1", $$"""{"authentication":{"symmetricKey":{"primaryKey":"{{key}}"} } }""")).Status);
    }

    [Fact]
    public async Task Keys_MadeAnew_EndTheConnectionAndTheOldOneIsRefused()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        var old = hub.Add("cam-1");

        var (status, changed) = await hub.AskAsync("POST", "devices/cam-1/keys?key=primary");

        Assert.Equal(200, status);
        Assert.NotEqual(old.PrimaryKey, PrimaryKey(changed));
        Assert.Equal(old.Credentials.SecondaryKey, changed.GetProperty("authentication").GetProperty("symmetricKey").GetProperty("secondaryKey").GetString());
        Assert.True(await device.IsClosedAsync());
        await using var again = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(5, await again.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(old)));
        Assert.Equal(400, (await hub.AskAsync("POST", "devices/cam-1/keys?key=third")).Status);
    }

    [Fact]
    public async Task Devices_ListAndCount_InPages()
    {
        var hub = await shared.EmptyAsync();
        foreach (var id in new[] { "c", "a", "b" })
        {
            hub.Add(id);
        }

        await hub.AskAsync("PUT", "devices/b", """{"status":"disabled"}""", ifMatch: "*");

        Assert.Equal(["a", "b"], Ids((await hub.AskAsync("GET", "devices?top=2")).Body));
        Assert.Equal(["c"], Ids((await hub.AskAsync("GET", "devices?top=2&after=b")).Body));
        Assert.Equal(400, (await hub.AskAsync("GET", "devices?top=0")).Status);
        Assert.Equal("""{"totalDeviceCount":3,"enabledDeviceCount":2,"disabledDeviceCount":1}""", (await hub.AskAsync("GET", "statistics/devices")).Body.GetRawText());
        Assert.Equal("""{"connectedDeviceCount":0}""", (await hub.AskAsync("GET", "statistics/service")).Body.GetRawText());
    }

    [Fact]
    public async Task Twin_TagsAndDesired_ChangeTogetherAndOnlyDesiredIsTold()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(Hub.HubTopic.TwinDesiredFilter);

        await hub.AskAsync("PATCH", "twins/cam-1", """{"tags":{"site":"a","floor":1}}""", ifMatch: "\"1\"");
        await hub.AskAsync("PATCH", "twins/cam-1", """{"tags":{"floor":null},"properties":{"desired":{"x":1,"y":2}}}""", ifMatch: "\"2\"");
        Assert.Equal("""{"x":1,"y":2,"$version":2}""", (await device.ReceiveAsync()).Payload);
        var (_, read) = await hub.AskAsync("GET", "twins/cam-1");
        Assert.Equal(("""{"site":"a"}""", "4"), (read.GetProperty("tags").GetRawText(), read.GetProperty("etag").GetString()));

        // Sent back whole, as a service does, with one property gone: the device gets the whole new document.
        var whole = read.GetRawText().Replace("\"y\":2,", "", StringComparison.Ordinal);
        Assert.Equal(200, (await hub.AskAsync("PUT", "twins/cam-1", whole, ifMatch: "\"4\"")).Status);
        Assert.Equal("""{"x":1,"$version":3}""", (await device.ReceiveAsync()).Payload);
        Assert.Equal(412, (await hub.AskAsync("PUT", "twins/cam-1", whole, ifMatch: "\"4\"")).Status);
    }

    [Theory]
    [InlineData("""{"tags":1}""", 400)]
    [InlineData("""{"properties":{"reported":{"a":1}}}""", 400)]
    [InlineData("""{"tags":{"a b":1}}""", 400)]
    [InlineData("{}", 400)]
    public async Task Twin_WhatAServiceMayNotWrite_IsRefused(string body, int status)
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");

        Assert.Equal(status, (await hub.AskAsync("PATCH", "twins/cam-1", body)).Status);
        Assert.Equal(1, hub.Twin("cam-1").ServiceVersion);
    }

    [Fact]
    public async Task Twin_TagsOver8KB_AreRefused()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        static string Tags(int count) => """{"tags":{""" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"t{i}\":\"{new string('x', 4000)}\"")) + "}}";

        Assert.Equal(200, (await hub.AskAsync("PATCH", "twins/cam-1", Tags(2))).Status);
        Assert.Equal(413, (await hub.AskAsync("PATCH", "twins/cam-1", Tags(3))).Status);
    }

    [Fact]
    public async Task Query_ByTagsReportedAndStatus_FindsInPages()
    {
        var hub = await shared.EmptyAsync();
        for (var i = 1; i <= 5; i++)
        {
            hub.Add($"cam-{i}");
            await hub.AskAsync("PATCH", $"twins/cam-{i}", $$"""{"tags":{"number":{{i}},"site":"{{(i % 2 == 0 ? "even" : "odd")}}"} }""");
        }

        await hub.AskAsync("PUT", "devices/cam-5", """{"status":"disabled"}""", ifMatch: "*");

        Assert.Equal(["cam-1", "cam-3", "cam-5"], await QueryAsync(hub, "SELECT * FROM devices WHERE tags.site = 'odd'"));
        Assert.Equal(["cam-1", "cam-3", "cam-5"], await QueryAsync(hub, "SELECT * FROM devices WHERE tags.site = 'odd'", pageSize: 1));
        Assert.Equal(["cam-3"], await QueryAsync(hub, "SELECT * FROM devices WHERE tags.site = 'odd' AND tags.number > 1 AND status = 'enabled'"));
        Assert.Equal(5, (await QueryAsync(hub, "SELECT * FROM devices", pageSize: 5)).Count);
        var (status, error) = await hub.AskAsync("POST", "devices/query", """{"query":"SELECT * FROM devices WHERE"}""");
        Assert.Equal((400, true), (status, error.GetProperty("message").GetString()!.StartsWith("At position 28", StringComparison.Ordinal)));
        Assert.Equal(400, (await hub.AskAsync("POST", "devices/query", """{"sql":1}""")).Status);
    }

    [Fact]
    public async Task Audit_AfterChanges_SaysWhoAndWhat()
    {
        var hub = await shared.EmptyAsync();
        var before = hub.WithDatabase(database => new Cloud.Storage.AuditTrail(database).Newest());

        await hub.AskAsync("PUT", "devices/cam-1");
        await hub.AskAsync("PATCH", "twins/cam-1", """{"tags":{"site":"a"}}""");
        var (_, trail) = await hub.AskAsync("GET", $"audit?after={before}&target=cam-1");

        Assert.Equal(["iothubowner device.added", "iothubowner twin.updated"], trail.EnumerateArray().Select(entry => $"{entry.GetProperty("actor")} {entry.GetProperty("action")}"));
        Assert.Equal("""{"tags":{"site":"a"}}""", trail[1].GetProperty("detail").GetRawText());
        Assert.DoesNotContain(hub.Add("cam-1").PrimaryKey, trail.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<List<string>> QueryAsync(TestHub hub, string query, int pageSize = 100)
    {
        var (found, continuation) = (new List<string>(), "");
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "devices/query?api-version=2021-04-12")
            {
                Content = new StringContent($$"""{"query":"{{query}}"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("x-ms-max-item-count", $"{pageSize}");
            request.Headers.Add("x-ms-continuation", continuation);
            using var response = await hub.Rest.SendAsync(request);
            found.AddRange(Ids(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement));
            continuation = response.Headers.TryGetValues("x-ms-continuation", out var values) ? values.Single() : "";
        }
        while (continuation.Length > 0);
        return found;
    }

    private static List<string> Ids(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetProperty("deviceId").GetString()!)];

    private static string? PrimaryKey(JsonElement device) => device.GetProperty("authentication").GetProperty("symmetricKey").GetProperty("primaryKey").GetString();
}
