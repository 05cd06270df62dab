using System.Formats.Tar;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>A model from a stick through the published daemon, with no network at all; and what the log of it is worth.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90), Short = TimeSpan.FromSeconds(15);
    private readonly TemporaryDirectory _folder = new();
    private readonly string _root;

    /// <summary>A site hub makes the repository, and is gone before the device is there.</summary>
    public ImportTests()
    {
        using var hub = new SiteHub(_folder.File("hub"));
        _root = hub.Enrol("any").RootFile!;
        hub.Command("model", "publish", Published.Model("ultraface"));
        hub.Command("model", "publish", Published.Model("fastestdet"));
    }

    private string Stick => _folder.File("hub/models");

    private string State => _folder.File("device/state");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_TarWithoutANetwork_TakesOverAndTheLogOfItShowsEveryTampering()
    {
        using var device = Start("time_zone = \"Europe/Berlin\"");
        device.WaitForFrames(5);
        TarFile.CreateFromDirectory(Stick, _folder.File("stick.tar"), includeBaseDirectory: false);

        var several = Ota(device, "import", _folder.File("stick.tar"));
        Assert.Equal(1, several.ExitCode);
        Assert.Contains("name one with --model and --release", several.Error, StringComparison.Ordinal);

        var import = Ota(device, "import", _folder.File("stick.tar"), "--model", "ultraface");
        Assert.True(import.ExitCode == 0, import.Output + import.Error + device.Program.Output);
        Assert.EndsWith("Committed", import.Output.TrimEnd(), StringComparison.Ordinal);
        Eventually.True(() => device.Status.GetProperty("model").GetProperty("name").GetString() == "ultraface", Short, () => device.Program.Output);
        Assert.Empty(Directory.GetDirectories(Path.Combine(State, "import")));

        var status = JsonDocument.Parse(Ota(device, "status", "--json").Output).RootElement;
        Assert.Equal(("Committed", "ultraface", "running"), (status.GetProperty("state").GetString(), status.GetProperty("activeModel").GetString(), status.GetProperty("daemon").GetString()));
        VerifyAndTamper(device, status.GetProperty("auditHead").GetString()!);
    }

    [Fact]
    public void Import_TamperedObjectOrForeignRoot_IsRefusedAndTheOldModelServes()
    {
        var another = _folder.File("another");
        using (var hub = new SiteHub(another))
        {
            File.Copy(hub.Enrol("any").RootFile!, _folder.File("foreign.json"));
        }

        using var device = Start("", _folder.File("foreign.json"));
        device.WaitForFrames(5);
        var foreign = Ota(device, "import", Stick, "--model", "ultraface");
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("Failed (101:", foreign.Output, StringComparison.Ordinal);

        var largest = Directory.GetFiles(Path.Combine(Stick, "objects"), "*", SearchOption.AllDirectories).MaxBy(path => new FileInfo(path).Length)!;
        using (var file = File.OpenWrite(largest))
        {
            file.Position = 1000;
            file.WriteByte(0xff);
            file.WriteByte(0x00);
        }

        var damaged = new[] { "ultraface", "fastestdet" }.Select(model => Ota(device, "import", Stick, "--model", model, "--no-wait")).Single(output => output.ExitCode == 1);
        Assert.Contains("is damaged: copy the repository again", damaged.Error, StringComparison.Ordinal);
        Assert.Equal("yolox-nano", device.Status.GetProperty("model").GetProperty("name").GetString());
    }

    [Fact]
    public void Import_HeldAtTheSite_WaitsUntilTheFileIsGone()
    {
        using var device = Start("");
        device.WaitForFrames(5);
        File.WriteAllText(Path.Combine(State, "update.hold"), "audit until Friday\n");

        var import = Ota(device, "import", Stick, "--model", "ultraface", "--no-wait");
        Assert.True(import.ExitCode == 0, import.Error);
        Eventually.True(() => Ota(device, "status").Output.Contains("audit until Friday", StringComparison.Ordinal) && Ota(device, "status").Output.Contains("\"code\":603", StringComparison.Ordinal), Short, () => Ota(device, "status").Output);
        Assert.Equal("yolox-nano", device.Status.GetProperty("model").GetProperty("name").GetString());

        File.Delete(Path.Combine(State, "update.hold"));
        Eventually.True(() => device.Status.GetProperty("model").GetProperty("name").GetString() == "ultraface", Long, () => Ota(device, "status").Output + device.Program.Output);
    }

    [Fact]
    public void Import_NoDaemonRuns_IsAppliedAtTheNextStart()
    {
        using var device = Start("");
        device.WaitForFrames(1);
        device.Program.Signal(15);
        device.Program.WaitForExit(Short);

        var import = Ota(device, "import", Stick, "--model", "ultraface");
        Assert.Equal(0, import.ExitCode);
        Assert.Contains("applied at the next start", import.Output, StringComparison.Ordinal);
        device.Start();

        Eventually.True(() => device.Status.TryGetProperty("model", out var model) && model.GetProperty("name").GetString() == "ultraface", Long, () => device.Program.Output + device.Program.Error);
    }

    private void VerifyAndTamper(Device device, string head)
    {
        var whole = Audit(device, "--head", head);
        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.Contains($"whole; head {head}", whole.Output, StringComparison.Ordinal);
        Assert.Equal(2, Audit(device, "--head", "sha256:abc").ExitCode);

        var log = Directory.GetFiles(Path.Combine(State, "audit")).Single();
        var lines = File.ReadAllLines(log);
        File.WriteAllLines(log, lines[..^1]);
        Assert.Equal(0, Audit(device).ExitCode); // nobody can see that without the head
        var cut = Audit(device, "--head", head);
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains("the end was cut off", cut.Error, StringComparison.Ordinal);

        File.WriteAllLines(log, lines.Where((_, i) => i != 2));
        Assert.Contains("what stood between was taken out", Audit(device).Error, StringComparison.Ordinal);
    }

    private Device Start(string more, string? root = null) => new(
        _folder.File("device"), Published.Model("yolox-nano"), TestData.Require("video/street_inbound_8_vehicles.mp4"), more: $"""
            [update]
            root_file = "{root ?? _root}"
            shadow_minutes = 0
            probation_minutes = 0.02
            {more}
            """);

    private static ProgramOutput Ota(Device device, string command, params string[] arguments) => Published.Run(Published.Daemon, Long, ["ota", command, .. arguments, "--config", device.Config]);

    private static ProgramOutput Audit(Device device, params string[] arguments) => Published.Run(Published.Daemon, Short, ["audit", "verify", .. arguments, "--config", device.Config]);
}
