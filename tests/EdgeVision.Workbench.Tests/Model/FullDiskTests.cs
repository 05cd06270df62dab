using System.Diagnostics;

namespace EdgeVision.Workbench.Tests;

/// <summary>A real file system that becomes full while a model is compressed: one line, nothing half written, and the same command goes on once there is room.</summary>
/// <remarks>A small tmpfs is mounted, which needs the right to do so.</remarks>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public FullDiskTests() => Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", _folder.Path), "needs the right to mount a tmpfs");

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public void Compress_DiskFullInTheMiddle_SaysSoInOneLineLeavesNothingHalfAndGoesOnWithRoom()
    {
        // While an entry of the work folder is written, and later while a package for a trial is.
        foreach (var kilobytes in new[] { 60, 260 })
        {
            Resize(kilobytes);
            var output = Compress();

            Assert.True(output.ExitCode == 1, $"{kilobytes} kB: {output.ExitCode}, {output.Error}");
            Assert.Matches(@"^edgevision: No space left on device : '.+'\. Make room there, or write to another disk; .+$", output.Error.TrimEnd().Split('\n')[^1]);
            Assert.DoesNotContain("   at ", output.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.File("out")));
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories), path => path.Contains(".part", StringComparison.Ordinal));
        }

        Resize(4096);
        Assert.Equal(0, Compress().ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder.File("out"), "manifest.json")));
    }

    private ProgramOutput Compress()
    {
        var digits = TestData.Require("datasets/mnist_t10k");
        return ModelBench.Run("compress", "--model", Published.Model("mnist-cnn"), "--calibration", digits, "--limit", "20", "--evaluate", digits, "--evaluate-limit", "200", "--target", "cpu", "--max-drop", "1", "--out", _folder.File("out"));
    }

    private void Resize(int kilobytes) => Assert.True(Run("mount", "-o", $"remount,size={kilobytes}k", _folder.Path));

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
