using System.Diagnostics;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>A whole, signed, fast model that sees nothing here: a face detector on a street. It passes everything but the comparison with the model before it.</summary>
public sealed class RegressionTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(120), Allowed = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_NewModelGoesBlindInService_OldOneIsBackWithinAMinuteAndTheNewOneStaysBlocked()
    {
        using var device = Start();
        device.WaitForFrames(100);
        Assert.Equal(0, Import(device).ExitCode);

        Eventually.True(() => State(device) == "Probation", Long, () => Ota(device, "status").Output + device.Program.Output);
        var inService = Stopwatch.StartNew();
        Eventually.True(() => State(device) == "Blocked", Long, () => Ota(device, "status").Output + device.Program.Output);
        Assert.True(inService.Elapsed < Allowed, $"the old model was back after {inService.Elapsed.TotalSeconds:0} s");
        TestContext.Current.SendDiagnosticMessage($"a blind model was in service for {inService.Elapsed.TotalSeconds:0} s");

        var status = Ota(device, "status").Output;
        Assert.Contains("503", status, StringComparison.Ordinal);
        Assert.Contains("answers for each of the model before", status, StringComparison.Ordinal);
        Assert.Equal("yolox-nano", device.Status.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(0, device.Metric("edgevision_frames_dropped_total"));

        Assert.Equal(0, Import(device).ExitCode);
        Eventually.True(() => device.Program.Output.Contains("proved bad here", StringComparison.Ordinal) || Ota(device, "status").Output.Contains("proved bad here", StringComparison.Ordinal), Long, () => Ota(device, "status").Output);
        Assert.Equal(("Blocked", "yolox-nano"), (State(device), device.Status.GetProperty("model").GetProperty("name").GetString()));
    }

    private ProgramOutput Import(Device device) => Ota(device, "import", _folder.File("hub/models"), "--no-wait");

    private static string? State(Device device) => JsonDocument.Parse(Ota(device, "status", "--json").Output).RootElement.GetProperty("state").GetString();

    private Device Start()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        var root = hub.Enrol("any").RootFile!;
        hub.Command("model", "publish", Published.Model("ultraface"));
        return new Device(_folder.File("device"), Published.Model("yolox-nano"), TestData.Require("video/street_inbound_8_vehicles.mp4"), more: $"""
            [update]
            root_file = "{root}"
            shadow_minutes = 0
            probation_minutes = 3
            """);
    }

    private static ProgramOutput Ota(Device device, string command, params string[] arguments) => Published.Run(Published.Daemon, Long, ["ota", command, .. arguments, "--config", device.Config]);
}
