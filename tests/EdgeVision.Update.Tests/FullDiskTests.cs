using System.Diagnostics;

namespace EdgeVision.Update.Tests;

/// <summary>A real file system without a free block or a free inode under the state directory: the old model serves, the failure is written down all the same, and the next update works.</summary>
/// <remarks>A small tmpfs is mounted, which needs the right to do so.</remarks>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly Device _device = new();
    private bool _isMounted;

    public void Dispose()
    {
        _device.Dispose();
        if (_isMounted)
        {
            Run("umount", "-l", _folder.Path);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("size=8m", "inodes")]
    [InlineData("size=3m", "blocks")]
    public async Task Apply_DiskIsFull_FailsWithItsCodeAndIsWrittenDown(string options, string missing)
    {
        _isMounted = Run("mount", "-t", "tmpfs", "-o", options + ",nr_inodes=200", "tmpfs", _folder.Path);
        Assert.SkipUnless(_isMounted, "needs the right to mount a tmpfs");
        _device.StateDirectory = _folder.File("device");
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);

        var spoil = Fill(missing);
        await _device.ApplyAsync(second);

        Assert.True(_device.Report is { State: UpdateState.Failed, Code: UpdateCode.DiskFull }, _device.Report.ToString());
        Assert.Equal(first.Digest, _device.Start().Digest);
        Assert.Equal((UpdateState.Failed, UpdateCode.DiskFull), (_device.Report.State, _device.Report.Code));

        spoil.ForEach(File.Delete);
        await _device.AcceptsTheNextAsync();
    }

    private List<string> Fill(string missing)
    {
        var files = new List<string>();
        try
        {
            for (var i = 0; i < 5000; i++)
            {
                files.Add(_folder.File($"spoil-{i}"));
                File.WriteAllBytes(files[^1], new byte[missing == "blocks" ? 4096 : 0]);
            }
        }
        catch (IOException)
        {
            // full
        }

        return files;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
