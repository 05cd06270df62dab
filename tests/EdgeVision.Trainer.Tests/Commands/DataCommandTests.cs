using System.CommandLine;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Check_LeakingSet_EndsWithTwoUnlessAccepted()
    {
        _set.Patterns("train/cat", 0, 10).Patterns("train/dog", 20, 10).Patterns("test/cat", 3, 1).Patterns("test/dog", 40, 3);
        string[] check = ["data", "check", "--data", _set.File("train"), "--test", _set.File("test"), "--json"];

        Assert.Equal(ExitCodes.BadInput, Run(check));
        Assert.Equal(ExitCodes.Done, Run([.. check, "--accept", "leak"]));
    }

    [Fact]
    public void FreezeReportCheckPreview_SoundSet_GoThrough()
    {
        _set.Patterns("set/cat", 0, 12).Patterns("set/dog", 20, 12);
        var version = _set.File("v1.version.json");

        Assert.Equal(ExitCodes.Done, Run("data", "freeze", "--data", _set.File("set"), "--out", version, "--seed", "7"));
        Assert.Equal(ExitCodes.Done, Run("data", "report", "--data", version));
        Assert.Equal(ExitCodes.Done, Run("data", "check", "--data", version));
        Assert.Equal(ExitCodes.Done, Run("data", "preview", "--data", version, "--augment", "strong,-flip", "--size", "24", "--out", _set.File("sheet.png")));
        // Six variants of six pictures, each pixel six times as large.
        Assert.Equal((4 + 6 * (24 * 6 + 4), 4 + 6 * (24 * 6 + 4)), ImageCodec.SizeOf(File.ReadAllBytes(_set.File("sheet.png"))));
        Assert.Throws<TrainerException>(() => Run("data", "freeze", "--data", _set.File("set"), "--out", version));
    }

    [Theory]
    [InlineData("--accept", "everything")]
    [InlineData("--map", "truck")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "two")]
    public void Parse_Nonsense_IsAnError(params string[] options) =>
        Assert.NotEmpty(new RootCommand { DataCommand.Create() }.Parse(["data", "check", "--data", "x", .. options]).Errors);

    private static int Run(params string[] arguments) =>
        new RootCommand { DataCommand.Create() }.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
