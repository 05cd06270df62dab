using System.Net;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

public sealed class RestTests
{
    [Fact]
    public async Task EveryRoute_WithoutTheServicesToken_IsUnauthorized()
    {
        (string Method, string Path)[] routes =
        [
            ("GET", "devices"), ("GET", "devices/cam-1"), ("PUT", "devices/cam-1"), ("DELETE", "devices/cam-1"), ("GET", "twins/cam-1"), ("PATCH", "twins/cam-1"),
            ("POST", "twins/cam-1/methods"), ("GET", "telemetry"), ("GET", "devices/cam-1/modules"), ("PUT", "devices/cam-1/modules/m"), ("POST", "devices/cam-1/messages/deviceBound"), ("DELETE", "devices/cam-1/commands"),
            ("GET", "messages/servicebound/feedback"), ("GET", "messages/servicebound/filenotifications"), ("GET", "events"), ("GET", "nothing"), ("GET", ""),
        ];
        foreach (var authorization in new Func<TestHub, string?>[] { _ => null, _ => "Bearer x", hub => hub.Token(hub.Add("cam-1")), hub => hub.ServiceToken(TimeSpan.FromSeconds(-301)) })
        {
            await using var hub = await TestHub.StartAsync(); // of its own, because one that has seen so many failures answers with 429
            using var client = hub.Client(authorization(hub));
            foreach (var (method, path) in routes)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var response = await client.SendAsync(request);
                Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
            }

            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("healthz")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("objects/sha256/ab/" + new string('a', 64))).StatusCode);
        }
    }

    [Fact]
    public async Task Devices_PutGetDelete_DoWhatTheySay()
    {
        await using var hub = await TestHub.StartAsync();

        var (status, added) = await hub.AskAsync("PUT", "devices/cam-1", """{"deviceId":"cam-1"}""");
        Assert.Equal(200, status);
        Assert.Equal(44, added.GetProperty("authentication").GetProperty("symmetricKey").GetProperty("primaryKey").GetString()!.Length);
        Assert.Equal(1, (await hub.AskAsync("GET", "devices")).Body.GetArrayLength());
        Assert.Equal(added.GetRawText(), (await hub.AskAsync("GET", "devices/cam-1")).Body.GetRawText());
        Assert.Equal(204, (await hub.AskAsync("DELETE", "devices/cam-1")).Status);
        Assert.Equal(404, (await hub.AskAsync("DELETE", "devices/cam-1")).Status);
        Assert.Equal(404, (await hub.AskAsync("GET", "devices/cam-1")).Status);
        Assert.Equal(400, (await hub.AskAsync("PUT", "devices/a%20b")).Status);
        Assert.Equal(400, (await hub.AskAsync("PUT", "devices/cam-1", """{"status":"asleep"}""")).Status);
        Assert.Equal(400, (await hub.AskAsync("PUT", "devices/cam-1", "[]")).Status);
    }

    [Fact]
    public async Task Telemetry_ByDeviceAndAfter_IsOneLineEach()
    {
        await using var hub = await TestHub.StartAsync();
        await using var one = await hub.ConnectAsync("cam-1");
        await using var two = await hub.ConnectAsync("cam-2");
        await one.PublishAsync("devices/cam-1/messages/events/$.ct=application%2Fjson", "{\n \"a\": 1 }"u8.ToArray());
        await two.PublishAsync("devices/cam-2/messages/events/", [0xFF]);
        await one.PublishAsync("devices/cam-1/messages/events/$.ct=application%2Fjson", "no json"u8.ToArray());

        var all = Lines(await hub.Rest.GetStringAsync("telemetry"));
        var later = Lines(await hub.Rest.GetStringAsync("telemetry?device=cam-1&after=1"));

        Assert.Equal([1L, 2L, 3L], all.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.Equal("""{"a":1}""", all[0].GetProperty("body").GetRawText());
        Assert.Equal("/w==", all[1].GetProperty("body").GetString());
        Assert.Equal("bm8ganNvbg==", Assert.Single(later).GetProperty("body").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.Rest.GetAsync("telemetry?after=x")).StatusCode);
    }

    private static List<JsonElement> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
