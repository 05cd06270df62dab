using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>What operators live with: a bad camera beside good ones, systemd, a page that others may not read.</summary>
public sealed class OperationsTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();

    private static string Street => TestData.Require("video/street_inbound_8_vehicles.mp4");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_BadCamerasBesideAGoodOne_GoodOneRunsAndEachBadOneSaysWhy()
    {
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street, more: """
            [[camera]]
            id = "nobody"
            source = "rtsp://admin:hunter2@127.0.0.1:9/live"
            [[camera]]
            id = "nameless"
            source = "rtsp://admin:hunter2@camera.invalid/live"
            [[camera]]
            id = "missing"
            source = "/nowhere/clip.mp4"
            """);

        device.WaitForFrames(24);
        Eventually.True(() => Failure(device, "nobody") == "Refused" && Failure(device, "nameless") == "NameNotFound" && Failure(device, "missing") == "NotFound", Soon, () => device.Get("status.json") ?? "");

        Assert.Equal("None", Failure(device, "street"));
        Assert.DoesNotContain("hunter2", device.Get("status.json") + device.Get("metrics") + device.Program.Output + device.Program.Error, StringComparison.Ordinal);
        device.Program.Signal(15);
        Assert.Equal(0, device.Program.WaitForExit(TimeSpan.FromSeconds(5)).ExitCode);
    }

    [Fact]
    public void Run_ModelSlowerThanTheCamera_AgeStaysBoundedAndEveryFrameIsCounted()
    {
        using var device = new Device(_folder.File("device"), Published.Model("style-candy"), Street);
        device.WaitForFrames(15, seconds: 60);

        var camera = Camera(device, "street");
        double Figure(string name, string part) => camera.GetProperty(name).GetProperty(part).GetDouble();
        long Count(string name) => camera.GetProperty(name).GetInt64();
        Assert.InRange(Figure("inferenceMs", "p50"), 100, 10_000); // 24 frames/s come every 42 ms
        Assert.InRange(Figure("latencyMs", "p99"), 0, 2 * Figure("inferenceMs", "p95") + 100);
        // three may wait, one is looked at, one is between two counters
        Assert.InRange(Count("read") - Count("processed") - Count("dropped"), 0, 5);
        Assert.InRange(Count("dropped"), 50, 10_000);
    }

    [Fact]
    public void Run_UnderSystemd_SaysReadyThenAliveThenStopping()
    {
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street);
        device.Program.Dispose();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
        systemd.ReceiveTimeout = 10_000;

        using var daemon = RunningProgram.Start("/usr/bin/env", $"NOTIFY_SOCKET={_folder.File("notify")}", "WATCHDOG_USEC=900000", Published.Daemon, "run", "--config", device.Config);

        Assert.Equal(["READY=1", "WATCHDOG=1", "WATCHDOG=1"], Enumerable.Range(0, 3).Select(_ => Receive(systemd)));
        daemon.Signal(15);
        Eventually.True(() => Receive(systemd) == "STOPPING=1", Soon);
    }

    [Fact]
    public async Task Page_WithToken_Answers401ToWhoeverHasNone_ButHealth()
    {
        File.WriteAllText(_folder.File("token"), "open-sesame\n");
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street);
        device.Program.Dispose();
        File.WriteAllText(device.Config, File.ReadAllText(device.Config).Replace("[http]", $"[http]\ntoken_file = \"{_folder.File("token")}\"", StringComparison.Ordinal));
        device.Start();
        using var http = new HttpClient { BaseAddress = new Uri(device.Page) };
        Eventually.True(() => device.Get("healthz") is not null, Soon, () => device.Program.Error);

        foreach (var path in new[] { "", "status.json", "metrics", "latest.jpg", "nothing" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(path)).StatusCode);
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "open-sesame");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("status.json")).StatusCode);
    }

    [Fact]
    public async Task Page_WithoutToken_AnswersOnlyToNamesOfThisMachine()
    {
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street);
        device.WaitForFrames(1);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, device.Page + "status.json") { Headers = { Host = "evil.example" } };

        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public void Run_ModelRequiresCudaThatIsNotThere_RefusesAndNeverRunsOnTheCpu()
    {
        using var device = new Device(_folder.File("device"), Published.Model("fastestdet"), Street);
        device.Program.Dispose();
        File.WriteAllText(device.Config, File.ReadAllText(device.Config).Replace("[model]", "[model]\nrequire = \"cuda\"", StringComparison.Ordinal));

        var output = Published.Run(Published.Daemon, TimeSpan.FromSeconds(30), "run", "--config", device.Config);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("requires cuda", output.Error, StringComparison.Ordinal);
    }

    private static string? Failure(Device device, string camera) => Camera(device, camera).GetProperty("failure").GetString();

    private static JsonElement Camera(Device device, string camera) => JsonDocument.Parse(device.Get("status.json") ?? "").RootElement
        .GetProperty("cameras").EnumerateArray().Single(each => each.GetProperty("id").GetString() == camera);

    private static string Receive(Socket socket)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
