using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public class ModuleTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Module_WithItsOwnKey_SendsHasATwinAndAnswersMethods()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await using var module = await ConnectAsync(hub);
        Assert.Equal(0, await module.SubscribeAsync(HubTopic.TwinResponseFilter));

        Assert.True(await module.PublishAsync("devices/cam-1/modules/vision/messages/events/%24.on=out", "1"u8.ToArray()));
        await module.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"a":1}"""u8.ToArray(), qos: 0);

        Assert.Equal("$iothub/twin/res/204/?$rid=1&$version=2", (await module.ReceiveAsync()).Topic);
        var message = Assert.Single(hub.Telemetry("cam-1"));
        Assert.Equal(("cam-1", "vision", "out"), (message.DeviceId, message.SystemProperties["iothub-connection-module-id"], message.SystemProperties["iothub-outputname"]));
        Assert.Equal(1, (await hub.AskAsync("GET", "twins/cam-1/modules/vision")).Body.GetProperty("properties").GetProperty("reported").GetProperty("a").GetInt32());
        Assert.Equal(404, (await hub.AskAsync("POST", "twins/cam-1/modules/vision/methods", """{"methodName":"x"}""")).Status);
        Assert.Equal(0, await module.SubscribeAsync(HubTopic.MethodFilter));
        var call = hub.AskAsync("POST", "twins/cam-1/modules/vision/methods", """{"methodName":"x"}""");
        var request = HubTopic.Parse((await module.ReceiveAsync()).Topic);
        await module.PublishAsync(HubTopic.MethodResponse(200, request.RequestId), "1"u8.ToArray(), qos: 0);
        Assert.Equal(200, (await call).Status);
        Assert.True(await device.HearsNothingAsync());
    }

    [Theory]
    [InlineData("devices/cam-1/modules/vision/#", 0)]
    [InlineData("devices/cam-1/modules/vision/inputs/#", 0)]
    [InlineData("devices/cam-1/modules/vision/inputs/in1/#", 0)]
    [InlineData("devices/cam-1/modules/other/#", 0x80)]
    [InlineData("devices/cam-1/modules/vision/inputs/+/#", 0x80)]
    [InlineData("devices/cam-1/messages/devicebound/#", 0x80)]
    public async Task Subscribe_OnlyItsOwnInputs_AreGranted(string filter, int code)
    {
        var hub = await shared.EmptyAsync();
        await using var module = await ConnectAsync(hub);

        Assert.Equal(code, await module.SubscribeAsync(filter));
    }

    [Fact]
    public async Task Publish_AsItsDevice_ClosesTheConnection()
    {
        var hub = await shared.EmptyAsync();
        await using var module = await ConnectAsync(hub);

        Assert.False(await module.PublishAsync("devices/cam-1/messages/events/", []));
    }

    [Fact]
    public async Task Device_DisabledOrRemoved_TakesItsModulesAlong()
    {
        var hub = await shared.EmptyAsync();
        await using var module = await ConnectAsync(hub);

        await hub.AskAsync("PUT", "devices/cam-1", """{"status":"disabled"}""", ifMatch: "*");

        Assert.True(await module.IsClosedAsync());
        Assert.Equal(1, (await hub.AskAsync("GET", "devices/cam-1/modules")).Body.GetArrayLength());
        await hub.AskAsync("DELETE", "devices/cam-1");
        Assert.Equal(404, (await hub.AskAsync("GET", "devices/cam-1/modules/vision")).Status);
    }

    [Fact]
    public async Task Modules_FiftyFirst_IsRefused()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await hub.AskAsync("PUT", $"devices/cam-1/modules/m{i}")).Status);
        }

        var (status, body) = await hub.AskAsync("PUT", "devices/cam-1/modules/m50");

        Assert.Equal((413, 413003), (status, body.GetProperty("errorCode").GetInt32()));
        Assert.Equal(404, (await hub.AskAsync("PUT", "devices/nobody/modules/m1")).Status);
    }

    private static async Task<RawDevice> ConnectAsync(TestHub hub)
    {
        hub.Add("cam-1");
        var added = (await hub.AskAsync("PUT", "devices/cam-1/modules/vision")).Body;
        var key = added.GetProperty("authentication").GetProperty("symmetricKey").GetProperty("primaryKey").GetString()!;
        var token = SasToken.Create($"{hub.Address.HostName}/devices/cam-1/modules/vision", key, TimeProvider.System.GetUtcNow().AddMinutes(5));
        var module = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await module.ConnectAsync("cam-1/vision", $"{hub.Address.HostName}/cam-1/vision/?api-version=2021-04-12", token));
        return module;
    }
}
