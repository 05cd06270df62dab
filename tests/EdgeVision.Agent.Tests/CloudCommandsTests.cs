using System.Text.Json;
using EdgeVision.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

public sealed class CloudCommandsTests : IDisposable
{
    private readonly List<TelemetryMessage> _sent = [];
    private readonly FakeModel _model = new("fake");
    private readonly CloudCommands _commands;

    public CloudCommandsTests()
    {
        var stamp = new MessageStamp("cam-1", () => _model.Identity, () => "", new ClockQuality(TimeProvider.System), TimeProvider.System);
        _commands = new CloudCommands(
            new DeviceMethods([PlainMethods.Ping(TimeProvider.System)], TimeProvider.System), new TelemetryReporter(stamp, _sent.Add, TimeProvider.System), NullLogger<CloudCommands>.Instance);
    }

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("ping", "", "ping 200", "pong")]
    [InlineData("ping", "{\"x\":1}", "ping 400", "it takes none")]
    [InlineData("ping", "{", "ping 400", "not JSON")]
    [InlineData("pong", "", "pong 501", "no method")]
    public async Task Run_Command_IsCarriedOutByTheTableOfMethodsAndAnsweredInAnEvent(string command, string body, string reason, string detail)
    {
        await _commands.RunAsync(Message(command, body), TestContext.Current.CancellationToken);

        var said = JsonDocument.Parse(Assert.Single(_sent).Body).RootElement;
        Assert.Equal(("command.answered", reason), (said.GetProperty("event").GetString(), said.GetProperty("reason").GetString()));
        Assert.Contains(detail, said.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MessageThatIsNoCommand_IsPassedOver()
    {
        await _commands.RunAsync(Message(null, "{}"), TestContext.Current.CancellationToken);

        Assert.Empty(_sent);
    }

    private static CloudMessage Message(string? command, string body) =>
        new("1", "", command is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["command"] = command }, System.Text.Encoding.UTF8.GetBytes(body), null);
}
