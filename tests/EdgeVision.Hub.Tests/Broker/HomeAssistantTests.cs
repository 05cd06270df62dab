using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>What Home Assistant is told, and what it would make of a message: with Jinja2 itself, on the message that docs/telemetry.md shows.</summary>
public sealed partial class HomeAssistantTests : IDisposable
{
    private const string Root = "homeassistant/device/cam-1";
    private readonly TemporaryDirectory _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private BrokerClient? _client;

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)));
        _client?.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Announcements_DocumentedMessage_TemplatesGiveItsFigures()
    {
        var camera = Announcements(["car", "a \"quoted\" {{ label }}"], "north")[1].Value;

        // 402 boxes of cars over 120 frames
        Assert.Equal("ON", Value(camera, "connected", Documented()));
        Assert.Equal("24.0", Value(camera, "fps", Documented()));
        Assert.Equal("17.0", Value(camera, "latency", Documented()));
        Assert.Equal("3.4", Value(camera, "objects", Documented()));
        Assert.Equal("3.4", Value(camera, "class_car", Documented()));
        Assert.Equal("0.0", Value(camera, "class_a_20_22quoted_22_20_7b_7b_20label_20_7d_7d", Documented()));
        Assert.Equal("""{"car": 3.4}""", Value(camera, "objects", Documented(), "json_attributes_template"));
    }

    [Fact]
    public void Announcements_CameraWithoutAPicture_IsDisconnectedAndItsFiguresAreUnknown()
    {
        var camera = Announcements(["car"], "north")[1].Value;
        var message = Documented();
        var north = message["cameras"]![0]!.AsObject();
        (north["state"], north["failure"], north["fps"], north["frames"], north["classes"]) = ("Waiting", "Stalled", 0, new JsonObject { ["processed"] = 0, ["dropped"] = 0, ["failed"] = 0 }, new JsonArray());

        Assert.Equal("OFF", Value(camera, "connected", message));
        // "None" is what Home Assistant takes for unknown
        Assert.All(["latency", "objects", "class_car"], id => Assert.Equal("None", Value(camera, id, message)));
        Assert.Equal("{}", Value(camera, "objects", message, "json_attributes_template"));
    }

    [Fact]
    public void Announcements_MessageWithoutThatCamera_ChangesNothing()
    {
        var camera = Announcements(["car"], "south")[1].Value;

        Assert.All(["connected", "fps", "latency", "objects", "class_car"], id => Assert.Equal("", Value(camera, id, Documented())));
    }

    [Fact]
    public void Announcements_DeviceAndCamera_AreTiedTogetherAndToTheStatus()
    {
        var announcements = Announcements([], "gate.1_b");

        Assert.Equal([Root + "/config", Root + "/gate_2e1__b/config"], announcements.Select(pair => pair.Key));
        var (device, camera) = (announcements[0].Value, announcements[1].Value);
        Assert.Equal("""["edgevision_cam-1"]""", device["device"]!["identifiers"]!.ToJsonString());
        Assert.Equal("edgevision_cam-1", (string?)camera["device"]!["via_device"]);
        Assert.Equal("edgevision_cam-1_gate.1_b_fps", (string?)camera["components"]!["fps"]!["unique_id"]);
        Assert.All(announcements, pair => Assert.Equal(("edgevision/cam-1/status", "edgevision/cam-1/telemetry/interval", "1.2"),
            ((string?)pair.Value["availability_topic"], (string?)pair.Value["state_topic"], (string?)pair.Value["origin"]!["sw_version"])));
        Assert.Equal("yolox-nano 1.0.0", Value(device, "model", Documented()));
    }

    [Fact]
    public void ShowCameras_OneGoesAndAnotherWentWhileTheDeviceWasOff_TheirAnnouncementsAreCleared()
    {
        using var broker = new Mosquitto(_folder.Path);
        broker.Publish(Root + "/long-gone/config", "{}", "-r");
        broker.Publish("homeassistant/device/cam-2/north/config", "{}", "-r");
        using var heard = broker.Listen("homeassistant/#");
        var client = Client(broker);
        client.ShowCameras(["north", "south"]);
        _running = client.RunAsync(_stop.Token);

        heard.WaitForLast(Root + "/long-gone/config", "");
        Assert.Contains("\"fps\"", heard.WaitFor(Root + "/north/config", 1)[0], StringComparison.Ordinal);
        heard.WaitFor(Root + "/south/config", 1);
        client.ShowCameras(["north"]);

        heard.WaitForLast(Root + "/south/config", "");
        using var late = broker.Listen("homeassistant/#");
        late.WaitFor(Root + "/north/config", 1);
        Assert.Equal(
            [Root + "/config", Root + "/north/config", "homeassistant/device/cam-2/north/config"],
            late.Messages.Select(message => message.GetProperty("topic").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ShowCameras_ClassNoLongerWanted_HomeAssistantIsToldByItsPlatformAlone()
    {
        using var broker = new Mosquitto(_folder.Path);
        broker.Publish(Root + "/north/config", Encoding.UTF8.GetString(Announcement(broker, ["car"], "north")), "-r");
        using var heard = broker.Listen("homeassistant/#");
        var client = Client(broker);
        client.ShowCameras(["north"]);
        _running = client.RunAsync(_stop.Token);

        bool Says(string payload, bool car) => JsonNode.Parse(payload)!["components"] is JsonObject components
            && components["fps"] is not null && components["class_car"]?.ToJsonString() == (car ? """{"platform":"sensor"}""" : null);
        Eventually.True(
            () => heard.On(Root + "/north/config") is [.., var farewell, var last] && Says(farewell, true) && Says(last, false),
            TimeSpan.FromSeconds(20),
            () => string.Join('\n', heard.On(Root + "/north/config")));
    }

    private static byte[] Announcement(Mosquitto broker, string[] classes, string camera) =>
        new HomeAssistantDiscovery(new HomeAssistantOptions { Classes = classes }, BrokerAccess.To(broker).Topics).Announcements([camera])[1].Value;

    private BrokerClient Client(Mosquitto broker) =>
        _client = new(BrokerAccess.To(broker) with { HomeAssistant = new HomeAssistantOptions() }, TimeProvider.System, NullLogger<BrokerClient>.Instance);

    private static KeyValuePair<string, JsonNode>[] Announcements(string[] classes, string camera) =>
    [
        .. new HomeAssistantDiscovery(new HomeAssistantOptions { Classes = classes, SoftwareVersion = "1.2" }, new BrokerTopics { Device = "cam-1" })
            .Announcements([camera]).Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value)!)),
    ];

    private static string Value(JsonNode announcement, string component, JsonNode message, string template = "value_template") =>
        Jinja.Render(message.ToJsonString(), (string)announcement["components"]![component]![template]!)[0];

    private static JsonNode Documented()
    {
        var text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "telemetry.md"));
        return JsonNode.Parse(JsonBlock().Match(text).Groups[1].Value)!;
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
