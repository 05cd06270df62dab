namespace EdgeVision.EndToEnd.Tests;

/// <summary>What a person gets to read who gives the daemon something wrong: never a stack trace, always a name and a way out.</summary>
public sealed class BadInputTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("nowhere.mp4", null, "nowhere.mp4")]
    [InlineData("text.mp4", "this is no video", "text.mp4")]
    [InlineData("empty.png", "", "empty.png")]
    public void Detect_BadSource_NamesItAndExits1(string name, string? content, string expected)
    {
        using var folder = new TemporaryDirectory();
        if (content is not null)
        {
            File.WriteAllText(folder.File(name), content);
        }

        var output = Detect(Published.Model("fastestdet"), folder.File(name));

        AssertRefused(output, expected);
    }

    [Fact]
    public void Detect_TruncatedVideo_GivesItsFramesThenSaysWhy()
    {
        using var folder = new TemporaryDirectory();
        var whole = File.ReadAllBytes(TestData.Require("video/ngsim_us101_seq1_3fps.mp4"));
        File.WriteAllBytes(folder.File("cut.mp4"), whole[..(whole.Length / 2)]);

        AssertRefused(Detect(Published.Model("fastestdet"), folder.File("cut.mp4")), "cut.mp4");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/clip.mp4", "refused")]
    [InlineData("rtsp://user:hunter2@127.0.0.1:9/stream", "refused")]
    [InlineData("http://camera.invalid/clip.mp4", "the host name is not known")]
    public void Detect_UrlThatIsWrong_SaysWhyWithoutThePassword(string url, string reason)
    {
        var output = Detect(Published.Model("fastestdet"), url);

        AssertRefused(output, reason);
        Assert.DoesNotContain("hunter2", output.Output + output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_ModelFolderThatIsMissing_SaysHowToGetOne() =>
        AssertRefused(Detect("/nowhere/model", "/nowhere/video.mp4"), "/nowhere/model");

    [Fact]
    public void Detect_TextInsteadOfNetwork_NamesTheFile()
    {
        using var folder = new TemporaryDirectory();
        var source = Published.Model("fastestdet");
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        File.WriteAllText(folder.File("model.onnx"), "not a network");

        AssertRefused(Detect(folder.Path, TestData.Require("video/street_inbound_8_vehicles.mp4")), "model.onnx");
    }

    [Fact]
    public void Run_TypoInConfiguration_NamesFileLineAndTheKeyMeant()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("edgevision.toml"), "[[camera]]\nid = \"a\"\nsource = \"x.mp4\"\nstall_secconds = 3\n");

        var output = Published.Run(Published.Daemon, Deadline, "run", "--config", folder.File("edgevision.toml"));

        AssertRefused(output, "edgevision.toml:4");
        Assert.Contains("stall_seconds", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PortOfThePageIsTaken_SaysWhichKeyToChange()
    {
        using var folder = new TemporaryDirectory();
        using var device = new Device(folder.File("device"), Published.Model("fastestdet"), TestData.Require("video/street_inbound_8_vehicles.mp4"));
        device.WaitForFrames(1);
        File.WriteAllText(folder.File("second.toml"), File.ReadAllText(device.Config).Replace("/state", "/another-state", StringComparison.Ordinal));

        AssertRefused(Published.Run(Published.Daemon, Deadline, "run", "--config", folder.File("second.toml")), "http.port");
    }

    [Theory]
    [InlineData("detekt")]
    [InlineData("run", "--konfig", "x")]
    public void Daemon_UnknownWord_IsUsageAndExits2(params string[] arguments)
    {
        var output = Published.Run(Published.Daemon, Deadline, arguments);

        Assert.Equal(2, output.ExitCode);
        Assert.DoesNotContain("   at ", output.Error, StringComparison.Ordinal);
    }

    private static ProgramOutput Detect(string model, string source) =>
        Published.Run(Published.Daemon, Deadline, "detect", "--model", model, "--source", source, "--json", "-");

    private static void AssertRefused(ProgramOutput output, string expected)
    {
        Assert.True(output.ExitCode == 1, $"exit code {output.ExitCode}\n{output.Error}");
        Assert.Contains(expected, output.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", output.Error, StringComparison.Ordinal);
    }
}
