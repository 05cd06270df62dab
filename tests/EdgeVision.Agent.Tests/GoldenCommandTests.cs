using System.CommandLine;
using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Agent.Tests;

public sealed class GoldenCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoldenCommand_FolderOfPictures_WritesASetOfThoseChosenEvenly()
    {
        foreach (var name in (string[])["A night.JPG", "b.jpg", "c.jpg", "d.jpg", "notes.txt"])
        {
            File.WriteAllBytes(_folder.File(name), Picture());
        }

        var (code, line) = Run("--model", Published.Model("mnist-cnn"), "--pictures", _folder.Path, "--out", _folder.File("golden.bin"), "--count", "2");

        Assert.Equal(0, code);
        var set = GoldenSet.Read(File.ReadAllBytes(_folder.File("golden.bin")), "golden.bin");
        // Of four pictures the first and the third.
        Assert.Equal(["0-a-night.jpg", "1-c.jpg"], set.Frames.Select(frame => frame.Name));
        Assert.All(set.Frames, frame => Assert.Equal(3, frame.Answers.Count));
        Assert.StartsWith($$"""{ "role": "golden", "name": "golden.bin", "size": {{new FileInfo(_folder.File("golden.bin")).Length}}, "sha256": """, line, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenCommand_FolderWithoutPictures_SaysWhatIsMissing() =>
        Assert.Contains("holds 0 PNG or JPEG pictures", Assert.Throws<IOException>(() => Run("--model", Published.Model("mnist-cnn"), "--pictures", _folder.Path, "--out", _folder.File("g"))).Message, StringComparison.Ordinal);

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = GoldenCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (code, output.ToString());
    }

    private static byte[] Picture()
    {
        using var frame = new FramePool("grey", new ImageLayout(PixelFormat.Bgr24, 28, 28), capacity: 1).TryRent()!;
        frame.Pixels.Fill(128);
        return ImageCodec.EncodeJpeg(frame);
    }
}
