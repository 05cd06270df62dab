using System.Text.Json;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public sealed class MethodTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Call = """{"methodName":"ping","payload":{"n":1},"responseTimeoutInSeconds":1}""";

    [Fact]
    public async Task Invoke_DeviceThatListens_AnswersAndAnotherCannotAnswerForIt()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await using var other = await hub.ConnectAsync("cam-2");
        await device.SubscribeAsync(HubTopic.MethodFilter);

        var asking = hub.AskAsync("POST", "twins/cam-1/methods", Call.Replace("InSeconds\":1", "InSeconds\":10", StringComparison.Ordinal));
        var (topic, payload) = await device.ReceiveAsync();
        var request = HubTopic.Parse(topic);
        await other.PublishAsync(HubTopic.MethodResponse(500, request.RequestId), "{}"u8.ToArray(), qos: 0);
        await other.HearsNothingAsync(); // so it was handled
        await device.PublishAsync(HubTopic.MethodResponse(201, request.RequestId), """{"pong":1}"""u8.ToArray(), qos: 0);
        var (status, answer) = await asking;

        Assert.Equal(("ping", """{"n":1}"""), (request.Name, payload));
        Assert.Equal(200, status);
        Assert.Equal("""{"status":201,"payload":{"pong":1}}""", answer.GetRawText());
    }

    [Fact]
    public async Task Invoke_DeviceThatIsAwayDeafOrUnknown_IsNotFoundAtOnce()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        await using var deaf = await hub.ConnectAsync("cam-2");

        Assert.Equal((404, 404103), Code(await hub.AskAsync("POST", "twins/cam-1/methods", Call)));
        Assert.Equal((404, 404103), Code(await hub.AskAsync("POST", "twins/cam-2/methods", Call)));
        Assert.Equal((404, 404001), Code(await hub.AskAsync("POST", "twins/cam-3/methods", Call)));
    }

    [Fact]
    public async Task Invoke_DeviceThatDoesNotReply_TimesOut()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.MethodFilter);

        Assert.Equal(504, (await hub.AskAsync("POST", "twins/cam-1/methods", Call)).Status);
    }

    [Fact]
    public async Task Invoke_DeviceThatComesInTime_IsWaitedFor()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        var asking = hub.AskAsync("POST", "twins/cam-1/methods", """{"methodName":"ping","connectTimeoutInSeconds":10}""");

        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.MethodFilter);
        var (topic, payload) = await device.ReceiveAsync();
        await device.PublishAsync(HubTopic.MethodResponse(200, HubTopic.Parse(topic).RequestId), [], qos: 0);

        Assert.Equal("", payload);
        Assert.Equal(JsonValueKind.Null, (await asking).Body.GetProperty("payload").ValueKind);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"methodName":"a/b"}""")]
    [InlineData("""{"methodName":7}""")]
    [InlineData("""{"methodName":"ping","responseTimeoutInSeconds":0}""")]
    [InlineData("""{"methodName":"ping","responseTimeoutInSeconds":"soon"}""")]
    public async Task Invoke_BadRequest_IsRefused(string body)
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");

        Assert.Equal(400, (await hub.AskAsync("POST", "twins/cam-1/methods", body)).Status);
    }

    private static (int, int) Code((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("errorCode").GetInt32());
}
