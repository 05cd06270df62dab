using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The daemon as a guest of the machine: how it starts, stops, dies, and what it leaves behind.</summary>
public sealed class DaemonTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Publish_Daemon_IsOneNativeBinaryOfAtMost20MiB()
    {
        Assert.InRange(new FileInfo(Published.Daemon).Length, 1, 20 * 1024 * 1024);
        Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F'], File.ReadAllBytes(Published.Daemon)[..4]);
        // native code only: no managed assembly lies beside it
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Published.Daemon)!, "*.dll"));
    }

    [Fact]
    public void Run_Terminated_IsGoneWithinTwoSecondsWithItsDecoder()
    {
        using var device = Street();
        device.WaitForFrames(10);
        var children = device.Children;
        Assert.NotEmpty(children);
        var watch = Stopwatch.StartNew();

        device.Program.Signal(15);
        var output = device.Program.WaitForExit(TimeSpan.FromSeconds(10));

        Assert.Equal(0, output.ExitCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.All(children, child => Assert.False(IsAlive(child)));
    }

    [Fact]
    public void Run_KilledHard_TakesItsDecoderWithIt()
    {
        using var device = Street();
        device.WaitForFrames(10);
        var children = device.Children;
        Assert.NotEmpty(children);

        device.Program.Signal(9);

        Eventually.True(() => !children.Any(IsAlive), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Run_Hangup_TakesANewCameraWithoutRestartingTheOther()
    {
        using var device = Street();
        device.WaitForFrames(10);
        var before = device.Children;
        File.AppendAllText(device.Config, $"""

            [[camera]]
            id = "second"
            source = "{TestData.Require("video/ngsim_us101_seq1_3fps.mp4")}"
            paced = true
            loop = true
            """);

        device.Program.Signal(1);

        Eventually.True(() => device.Metric("edgevision_frames_processed_total", "second") >= 3, TimeSpan.FromSeconds(15), () => device.Program.Output + device.Program.Error);
        Assert.Subset(device.Children.ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public void Run_HangupWithATypo_KeepsTheOldConfiguration()
    {
        using var device = Street();
        device.WaitForFrames(10);
        File.AppendAllText(device.Config, "\n[telemetri]\n");

        device.Program.Signal(1);

        Eventually.True(
            () => (device.Program.Output + device.Program.Error).Contains("telemetri", StringComparison.Ordinal),
            TimeSpan.FromSeconds(10),
            () => device.Program.Output + device.Program.Error);
        device.WaitForFrames(device.Metric("edgevision_frames_processed_total") + 10);
    }

    [Fact]
    public void Bench_YoloxNano_GivesItsFiguresAndAllocatesNothing()
    {
        var output = Published.Run(Published.Daemon, TimeSpan.FromSeconds(90), "bench", "--model", Published.Model("yolox-nano"),
            "--source", TestData.Require("video/street_inbound_8_vehicles.mp4"), "--seconds", "4", "--threads", "1", "--json");

        Assert.True(output.ExitCode == 0, output.Error);
        var figures = JsonDocument.Parse(output.Output).RootElement;
        foreach (var name in "frames fps bareRunMsP50 frameMsP50 frameMsP99 overheadRatio preprocessMsP50 postprocessMsP50 allocatedBytesPerFrame peakRssMiB coldStartMs provider nodesByProvider threads".Split(' '))
        {
            Assert.True(figures.TryGetProperty(name, out _), name);
        }

        // the smallest object is 24 bytes: less for each frame is something that was made once, as by a thread that had to wait
        Assert.InRange(figures.GetProperty("allocatedBytesPerFrame").GetDouble(), 0, 23.9);
        Assert.Equal("cpu", figures.GetProperty("provider").GetString());
        // time is the benchmark's business; here only that the shape of the figures is sane on a busy machine
        Assert.InRange(figures.GetProperty("overheadRatio").GetDouble(), 0.8, 1.5);
    }

    [Fact]
    public void Run_YoloxNanoOnOneStream_StaysBelow120MiB()
    {
        using var device = Street("yolox-nano");
        device.WaitForFrames(150);

        var line = File.ReadLines($"/proc/{device.Program.Id}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        Assert.InRange(int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024, 1, 120);
    }

    [Fact]
    public void Check_GoodConfiguration_Exits0_BadCamera_Exits1AndNamesIt()
    {
        using var device = Street();
        device.WaitForFrames(1);
        var good = Published.Run(Published.Daemon, TimeSpan.FromSeconds(60), "check", "--config", device.Config, "--json");
        Assert.True(good.ExitCode == 0, good.Output + good.Error);

        File.AppendAllText(device.Config, "\n[[camera]]\nid = \"gone\"\nsource = \"rtsp://127.0.0.1:9/none\"\n");
        var bad = Published.Run(Published.Daemon, TimeSpan.FromSeconds(60), "check", "--config", device.Config);

        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("gone", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SecondDaemonOnTheSameState_EndsAtOnceAndNamesTheFirst()
    {
        using var device = Street();
        device.WaitForFrames(1);

        var second = Published.Run(Published.Daemon, TimeSpan.FromSeconds(20), "run", "--config", device.Config);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"state is in use by another edgevisiond (pid {device.Program.Id})", second.Error, StringComparison.Ordinal);
        device.WaitForFrames(device.Metric("edgevision_frames_processed_total") + 5);
    }

    private Device Street(string model = "fastestdet") =>
        new(_folder.File("device"), Published.Model(model), TestData.Require("video/street_inbound_8_vehicles.mp4"));

    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
