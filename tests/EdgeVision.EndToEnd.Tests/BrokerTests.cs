using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon at a plain broker, Mosquitto, in place of a hub.</summary>
public sealed class BrokerTests : IDisposable
{
    private static readonly string Name = Environment.MachineName;
    private static readonly string Root = "edgevision/" + Name;
    private readonly TemporaryDirectory _folder = new();
    private readonly Mosquitto _broker;

    public BrokerTests() => _broker = new Mosquitto(_folder.File("broker"));

    public void Dispose()
    {
        _broker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_AtABroker_TellsWhatItSeesAndHomeAssistantCanReadIt()
    {
        using var heard = _broker.Listen("#");
        using var device = Street(_broker.CaFile);
        var interval = heard.WaitFor(Root + "/telemetry/interval", 3, 60)[^1];
        var seen = JsonNode.Parse(interval)!["cameras"]![0]!;

        heard.WaitForLast(Root + "/status", "online");
        Assert.Contains("daemon.started", heard.WaitFor(Root + "/telemetry/event", 1)[0], StringComparison.Ordinal);
        Assert.Contains("\"modelUpdate\"", heard.WaitFor(Root + "/state", 1)[^1], StringComparison.Ordinal);
        Assert.Equal("fastestdet", Status(_broker.Ask(Root + "/command/status", "{}", "answers/status"))["model"]!["name"]!.GetValue<string>());

        var announced = JsonNode.Parse(heard.WaitFor($"homeassistant/device/{Id()}/street/config", 1)[^1])!;
        string[] templates = [.. new[] { "connected", "fps", "latency", "objects", "class_car" }.Select(id => (string)announced["components"]![id]!["value_template"]!)];
        var values = Jinja.Render(interval, templates);
        Assert.Equal("ON", values[0]);
        Assert.Equal(seen["fps"]!.GetValue<double>(), double.Parse(values[1], CultureInfo.InvariantCulture)); // Jinja writes 24 as 24.0
        Assert.All(values.Skip(2), value => Assert.Matches(@"^\d+(\.\d+)?$", value));
        Assert.Equal((Root + "/status", Root + "/telemetry/interval"), ((string?)announced["availability_topic"], (string?)announced["state_topic"]));
    }

    [Fact]
    public void Run_KilledHardAndStoppedProperly_TheStatusSaysOfflineBothTimes()
    {
        using var heard = _broker.Listen(Root + "/status");
        using var device = Street(_broker.CaFile);
        heard.WaitForLast(Root + "/status", "online", 60);

        device.Program.Signal(9);
        heard.WaitForLast(Root + "/status", "offline");

        device.Start();
        heard.WaitForLast(Root + "/status", "online", 60);
        device.Program.Signal(15);
        Assert.Equal(0, device.Program.WaitForExit(TimeSpan.FromSeconds(10)).ExitCode);
        Assert.Equal(["online", "offline", "online", "offline"], heard.WaitFor(Root + "/status", 4));
    }

    [Fact]
    public void Run_ModelWishedForOverTheBroker_TakesOver()
    {
        // the site hub is here only for its repository: a broker carries no files
        using var repository = new SiteHub(_folder.File("hub"));
        var both = _folder.File("both.pem");
        var enrolled = repository.Enrol("any");
        File.WriteAllText(both, File.ReadAllText(_broker.CaFile) + "\n" + File.ReadAllText(enrolled.CaFile));
        var release = repository.Command("model", "publish", Published.Model("ultraface")).RootElement;
        repository.Command("rollout", "any", release.GetProperty("model").GetString()!, release.GetProperty("version").GetString()!);
        var wish = repository.Command("twin", "get", "any").RootElement.GetProperty("properties").GetProperty("desired").GetProperty("modelUpdate");
        using var heard = _broker.Listen(Root + "/#");
        using var device = Street(both, $"[update]\nroot_file = \"{enrolled.RootFile}\"\nshadow_minutes = 0\nprobation_minutes = 0.02");
        heard.WaitFor(Root + "/telemetry/interval", 1, 60);

        _broker.Publish(Root + "/desired", JsonSerializer.Serialize(new Dictionary<string, JsonElement> { ["modelUpdate"] = wish }), "-r");

        var digest = "sha256:" + release.GetProperty("manifestSha256").GetString();
        Eventually.True(
            () => heard.On(Root + "/state") is [.., var state] && (string?)JsonNode.Parse(state)!["modelUpdate"]!["active"] == digest,
            TimeSpan.FromSeconds(60),
            () => string.Join('\n', heard.On(Root + "/state")) + device.Program.Output + device.Program.Error);
    }

    [Fact]
    public void Check_BrokerRightAndWrong_IsSaid()
    {
        using var device = Street(_broker.CaFile);
        var good = Published.Run(Published.Daemon, TimeSpan.FromSeconds(60), "check", "--config", device.Config);
        Assert.Matches("ok +broker .*let this device in, MQTT 5 over TLS", good.Output);

        File.WriteAllText(_broker.PasswordFile, "wrong");
        var bad = Published.Run(Published.Daemon, TimeSpan.FromSeconds(60), "check", "--config", device.Config);

        Assert.Equal(1, bad.ExitCode);
        Assert.Matches("failed +broker .*refused this device: check broker.user", bad.Output);
    }

    private Device Street(string caFile, string more = "") => new(
        _folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"), more: $"""
            [broker]
            host = "localhost"
            port = {_broker.Port}
            ca_file = "{caFile}"
            user = "{Mosquitto.User}"
            password_file = "{_broker.PasswordFile}"
            home_assistant = true
            home_assistant_classes = ["car"]
            {more}
            """);

    /// <summary>The machine's name in a discovery topic; machines are named with letters, digits and hyphens.</summary>
    private static string Id() => Name.Replace(".", "_2e", StringComparison.Ordinal);

    private static JsonNode Status(JsonElement answer) => JsonNode.Parse(MosquittoListener.PayloadOf(answer))!["payload"]!;
}
