using System.Diagnostics;

namespace EdgeVision.Capture.Tests;

[Collection(nameof(RunsAlone))]
public class FfmpegSourceFailureTests
{
    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        using var source = Sources.Open(new() { Url = "/nowhere/clip.mp4" });
        var problem = Assert.Throws<CaptureException>(() => source.Read(CancellationToken.None));
        Assert.Equal(CaptureFailure.NotFound, problem.Failure);
        Assert.Contains("/nowhere/clip.mp4", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextInsteadOfVideo_IsUndecodable()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("clip.mp4"), "this is no video");
        using var source = Sources.Open(new() { Url = folder.File("clip.mp4") });
        Assert.Equal(CaptureFailure.Undecodable, Assert.Throws<CaptureException>(() => source.Read(CancellationToken.None)).Failure);
    }

    [Fact]
    public void Read_SoundOnly_IsUndecodable()
    {
        using var folder = new TemporaryDirectory();
        Sources.Make("-f", "lavfi", "-i", "sine=d=1", folder.File("tone.wav"));
        using var source = Sources.Open(new() { Url = folder.File("tone.wav") });
        Assert.Equal(CaptureFailure.Undecodable, Assert.Throws<CaptureException>(() => source.Read(CancellationToken.None)).Failure);
    }

    [Fact]
    public void Read_CutVideo_GivesWhatIsThereThenSaysThatItIsCut()
    {
        using var folder = new TemporaryDirectory();
        Sources.Make("-i", TestData.Require("video/street_inbound_8_vehicles.mp4"), "-c", "copy", "-an", folder.File("whole.mkv"));
        File.WriteAllBytes(folder.File("cut.mkv"), File.ReadAllBytes(folder.File("whole.mkv"))[..800_000]);
        using var source = Sources.Open(new() { Url = folder.File("cut.mkv") });

        var problem = Assert.Throws<CaptureException>(() => Sources.ReadAll(source));

        Assert.Equal(CaptureFailure.Closed, problem.Failure);
        Assert.InRange(source.Status.FramesRead, 100, 904);
    }

    [Fact]
    public void Read_NoDecoder_SaysWhatToInstall()
    {
        using var source = Sources.Open(new() { Url = "x.mp4", FfmpegPath = "no-such-ffmpeg" });
        var problem = Assert.Throws<CaptureException>(() => source.Read(CancellationToken.None));
        Assert.Equal(CaptureFailure.DecoderMissing, problem.Failure);
        Assert.Contains("install ffmpeg", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_WhileWaitingToReopen_LeavesAtOnce()
    {
        var reader = new LiveReader(new() { Url = "rtsp://127.0.0.1:1/live", Reopen = true });
        reader.WaitFor(status => status is { State: SourceState.Waiting, Failure: CaptureFailure.Refused }, TimeSpan.FromSeconds(20));
        reader.Dispose(); // asserts the time
    }

    [Fact]
    public void OpenAndClose_FiftyTimes_LeavesNoFileThreadOrChild()
    {
        var clip = TestData.Require("video/ngsim_us101_seq1_3fps.mp4");
        OpenAndClose(clip, 5);
        var files = Footprint.Files;
        OpenAndClose(clip, 50);

        Assert.InRange(Footprint.Files - files, -20, 3);
        Assert.True(SpinWait.SpinUntil(() => Children() == 0, 5000), $"{Children()} children left");
    }

    [Fact]
    public void Kill_OfTheReadingProcess_TakesTheDecoderAlong()
    {
        // a program of ours, killed without a chance to clean up; its decoder reads a pipe that stays silent
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "needs util-linux");
        using var folder = new TemporaryDirectory();
        var fifo = folder.File("silent.ts");
        using (var made = Process.Start("mkfifo", [fifo]))
        {
            made.WaitForExit();
        }

        using var program = Process.Start(Environment.ProcessPath!, [OpenForEver.Argument, fifo]);
        Assert.True(SpinWait.SpinUntil(() => Decoders(fifo) == 1, 10_000), "no decoder was started");
        program.Kill();

        Assert.True(SpinWait.SpinUntil(() => Decoders(fifo) == 0, 2000), "the decoder outlived its process");
    }

    private static void OpenAndClose(string clip, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var source = Sources.Open(new() { Url = clip });
            source.Read(CancellationToken.None)!.Dispose();
        }
    }

    /// <summary>Decoders of the fifty clips, dead and not reaped ones included: only those have no command line any more.</summary>
    private static int Children() => Processes().Count(process => process.Status.Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal)
        && (process.Status.Contains("(zombie)", StringComparison.Ordinal) || process.Command.Contains("ngsim_us101_seq1", StringComparison.Ordinal)));

    private static int Decoders(string input) => Processes().Count(process => process.Command.StartsWith("/usr/bin/ffmpeg", StringComparison.Ordinal) && process.Command.Contains(input, StringComparison.Ordinal));

    private static IEnumerable<(string Status, string Command)> Processes()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string status, command;
            try
            {
                status = File.ReadAllText(Path.Combine(folder, "status"));
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue; // it ended meanwhile
            }

            yield return (status, command);
        }
    }
}
