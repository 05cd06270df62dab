using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>What the device does when asked, through the published programs.</summary>
public sealed class MethodTests : IDisposable
{
    private const string DeviceId = "cam-1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;
    private readonly Device _device;

    public MethodTests()
    {
        // before the hub, because nobody ends the hub of a test that is skipped here
        var (model, street) = (Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"));
        _hub = new SiteHub(_folder.File("hub"));
        _device = new Device(_folder.File("device"), model, street, _hub.Enrol(DeviceId));
        Eventually.True(() => _device.Status.TryGetProperty("hub", out var hub) && hub.GetProperty("state").GetString() == "Connected", Soon, () => _device.Program.Output + _device.Program.Error);
        _device.WaitForFrames(5);
    }

    public void Dispose()
    {
        _device.Dispose();
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Reload_GoodThenBadFile_AnswersTheHashThenTheFaults()
    {
        var before = _device.Status.GetProperty("configHash").GetString();
        var text = File.ReadAllText(_device.Config);
        File.WriteAllText(_device.Config, text + "\n# a comment more\n");

        var (status, payload) = Invoke("reload");
        Assert.Equal((200, _device.Status.GetProperty("configHash").GetString()), (status, payload.GetProperty("configHash").GetString()));
        Assert.NotEqual(before, payload.GetProperty("configHash").GetString());

        File.WriteAllText(_device.Config, text + "\n[telemetri]\n");
        (status, payload) = Invoke("reload");
        Assert.Equal(400, status);
        Assert.Contains("did you mean telemetry?", payload.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Selftest_OnAWorkingDevice_PassesWithoutOpeningItsCameraAgain()
    {
        var decoders = _device.Children;

        var (status, payload) = Invoke("selftest");

        Assert.Equal((200, true), (status, payload.GetProperty("passed").GetBoolean()));
        Assert.Equal(["camera street", "clock", "configuration", "disk", "hub", "model"], payload.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(decoders, _device.Children);
    }

    [Fact]
    public void Logs_LastLines_HoldWhatTheDeviceSaidOfItself()
    {
        var (status, payload) = Invoke("logs", """{"lines":50,"level":"information"}""");

        Assert.Equal(200, status);
        Assert.Contains(payload.GetProperty("lines").EnumerateArray(), line => line.GetProperty("text").GetString()!.Contains("serving fastestdet", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ping", """{"x":1}""", 400, "ping has no argument 'x'")]
    [InlineData("logs", """{"lines":0}""", 400, "logs.lines wants a whole number from 1 to 500, not 0")]
    [InlineData("snapshot", """{"camera":"streat"}""", 404, "did you mean street?")]
    [InlineData("reboot", "{}", 501, "no method 'reboot'")]
    public void Invoke_WrongOrUnknown_SaysWhat(string method, string payload, int expected, string words)
    {
        var (status, answer) = Invoke(method, payload);

        Assert.Equal(expected, status);
        Assert.Contains(words, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Send_CommandWhileTheDeviceIsAway_IsCarriedOutOnceWhenItIsBack()
    {
        _device.Program.Dispose();
        _hub.Command("send", DeviceId, "{}", "--property", "command=ping", "--ack", "full");

        _device.Start();

        Eventually.True(() => Answers() > 0, Soon, () => _device.Program.Error);
        Eventually.True(() => _hub.Command("feedback").RootElement.ToString().Contains("Success", StringComparison.Ordinal), Soon, () => _hub.Command("feedback").RootElement.ToString());
        Assert.Equal(1, Answers());
    }

    private int Answers() => _hub.Telemetry(DeviceId).Select(message => message.GetProperty("body"))
        .Count(body => body.TryGetProperty("event", out var name) && name.GetString() == "command.answered" && body.GetProperty("reason").GetString() == "ping 200");

    private (int Status, JsonElement Payload) Invoke(string method, string payload = "{}")
    {
        var answer = _hub.Command("invoke", DeviceId, method, payload).RootElement;
        return (answer.GetProperty("status").GetInt32(), answer.GetProperty("payload"));
    }
}
