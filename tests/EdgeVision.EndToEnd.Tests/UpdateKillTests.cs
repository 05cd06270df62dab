using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon, killed at named places of an update: the next start serves one whole model and brings the update to its end.</summary>
public sealed class UpdateKillTests : IDisposable
{
    private const int Killed = 128 + 9;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90);
    private static readonly string[] Models = ["ultraface", "fastestdet"];
    private static readonly string[] Files = ["file.model.before", "file.manifest.after"];
    private readonly TemporaryDirectory _folder = new();

    /// <summary>The good road, place by place. Files first, because each model is fetched once; then the long form goes through all, the short one through every third, so that each state has its turn.</summary>
    private static IEnumerable<string> Places
    {
        get
        {
            string[] all =
            [
                .. Around("Deployed"), .. Around("Offered+Success"), .. Around("Downloading+Success"), .. Around("Verified+Success"), .. Around("Golden+Success"), .. Around("Shadow+Success"), .. Around("Waiting+Success"),
                .. Around("Activating+Success"), .. Around("Probation+Success"),
            ];
            return Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") is not null ? [.. Files, .. all] : Files.Concat(all.Where((_, i) => i % 3 == 2));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kill_AtEachPlaceOfAnUpdate_NextStartBringsItToItsEnd()
    {
        using var device = Start();
        var round = 0;
        foreach (var place in Places)
        {
            var model = Models[round++ % 2];
            device.Program.Signal(15);
            device.Program.WaitForExit(Long);
            device.Start("env", $"EDGEVISION_FAULT_POINT={(place.StartsWith("Deployed", StringComparison.Ordinal) ? (round == 1 ? "Idle+" : "Committed+") : "")}{place}");
            device.WaitForFrames(1);
            var import = Ota(device, "import", _folder.File("hub/models"), "--model", model, "--no-wait");
            Assert.True(import.ExitCode is 0 or 1, import.Error); // 1: it was killed while the command looked on
            Assert.Equal((place, Killed), (place, device.Program.WaitForExit(Long).ExitCode));

            device.Start();
            device.WaitForFrames(1);
            Eventually.True(() => Committed(device, model), Long, () => $"{place}: {Ota(device, "status").Output}\n{device.Program.Output}");
        }
    }

    private static IEnumerable<string> Around(string write) => new[] { "before", "between", "after" }.Select(moment => $"{write}.{moment}");

    private static bool Committed(Device device, string model)
    {
        var status = JsonDocument.Parse(Ota(device, "status", "--json").Output).RootElement;
        return status.GetProperty("state").GetString() == "Committed" && status.GetProperty("activeModel").GetString() == model
            && device.Status.GetProperty("model").GetProperty("name").GetString() == model;
    }

    private Device Start()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        var root = hub.Enrol("any").RootFile!;
        foreach (var model in Models)
        {
            hub.Command("model", "publish", Published.Model(model));
        }

        return new Device(_folder.File("device"), Published.Model("yolox-nano"), TestData.Require("video/street_inbound_8_vehicles.mp4"), daemon: Published.DaemonWithFaultPoints, more: $"""
            [update]
            root_file = "{root}"
            shadow_minutes = 0
            probation_minutes = 0.02
            """);
    }

    private static ProgramOutput Ota(Device device, string command, params string[] arguments) => Published.Run(Published.Daemon, Long, ["ota", command, .. arguments, "--config", device.Config]);
}
