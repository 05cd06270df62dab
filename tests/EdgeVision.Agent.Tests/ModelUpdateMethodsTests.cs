using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class ModelUpdateMethodsTests : IDisposable
{
    private readonly UpdateDevice _device = new();
    private readonly DeviceMethods _methods;

    public ModelUpdateMethodsTests()
    {
        _device.Release("1.0.0");
        _device.Trial.Shadow = () => new TrialVerdict(TrialOutcome.Hold, UpdateCode.Shadow, "agreement 0.41");
        _device.Start();
        _methods = new DeviceMethods([.. new ModelUpdateMethods((request, id) => _device.Worker.Ask(request, id), () => _device.Updater.Report).All], TimeProvider.System);
    }

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData("modelUpdate.cancel", "{}", 400, "modelUpdate.cancel wants deploymentId")]
    [InlineData("modelUpdate.approve", "{\"deploymentId\":7}", 400, "wants text in quotes")]
    [InlineData("modelUpdate.approve", "{\"deployment\":\"d\"}", 400, "did you mean deploymentId?")]
    [InlineData("modelUpdate.rollback", "{\"deploymentId\":\"d-9\"}", 404, "there is no deployment 'd-9' here; none came yet")]
    [InlineData("modelUpdate.activateNow", "{\"deploymentId\":\"d-9\"}", 404, "no deployment 'd-9'")]
    [InlineData("modelUpdate.status", "{\"deploymentId\":\"d-9\"}", 404, "no deployment 'd-9'")]
    [InlineData("modelUpdate.status", "{}", 200, "\"state\":\"Idle\"")]
    [InlineData("modelUpdate.explode", "{}", 501, "no method")]
    public async Task Call_BeforeAnyDeployment_IsAnsweredClearly(string name, string body, int status, string expected)
    {
        var result = await CallAsync(name, body);

        Assert.Equal(status, result.Status);
        Assert.Contains(expected, result.Payload!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_InStatesThatMakeNoSense_Is409AndInThoseThatDoItHappens()
    {
        var id = _device.Import("1.0.0");
        _device.Until(update => (string?)update["state"] == "AwaitingDecision");
        var body = new JsonObject { ["deploymentId"] = id }.ToJsonString();
        Assert.Equal(404, (await CallAsync("modelUpdate.approve", "{\"deploymentId\":\"d-9\"}")).Status);
        Assert.Equal(409, (await CallAsync("modelUpdate.rollback", body)).Status);

        var answer = await CallAsync("modelUpdate*approve", body); // as Plug and Play names it

        Assert.Equal((200, id), (answer.Status, (string?)answer.Payload!["deploymentId"]));
        _device.Until(update => (string?)update["state"] == "Committed");
        Assert.Equal(409, (await CallAsync("modelUpdate.cancel", body)).Status);
        Assert.Equal(409, (await CallAsync("modelUpdate.activateNow", body)).Status);
        Assert.Equal(200, (await CallAsync("modelUpdate.rollback", body)).Status);
        _device.Until(update => (string?)update["state"] == "Blocked");
        var status = await CallAsync("modelUpdate.status", body);
        Assert.Single(status.Payload!["blocked"]!.AsArray());
        Assert.Empty(new DeviceModel().Command("modelUpdate*status", "response", JsonSerializer.SerializeToElement(Clean(status.Payload!))));
    }

    [Fact]
    public void All_EveryCommandOfTheModel_IsAMethodByBothNames()
    {
        var commands = new DeviceModel().Commands.Where(name => name.Contains('*', StringComparison.Ordinal)).ToList();

        Assert.Equal(5, commands.Count);
        Assert.Equal(commands.Concat(commands.Select(name => name.Replace('*', '.'))).Order(), _methods.Names.Order());
    }

    private Task<MethodResult> CallAsync(string name, string body) => _methods.CallAsync(name, System.Text.Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);

    private static JsonObject Clean(JsonNode payload) => new(((JsonObject)payload).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
