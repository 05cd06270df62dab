using System.Text.Json;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench.Tests.Model;

/// <summary>The published program prunes real networks.</summary>
public sealed class PruneCommandTests : IDisposable
{
    private const string Network = "models/resnet8_cifar10/resnet8_cifar10_fp32.onnx";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _folder = new();

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("bn")]
    public void Prune_File_GivesASmallerFileAndSaysSo(string importance)
    {
        var (source, target) = (TestData.Require(Network), _folder.File("pruned.onnx"));

        var output = Prune("--model", source, "--macs", "0.5", "--importance", importance, "--out", target, "--json");

        Assert.True(output.ExitCode == 0, output.Error);
        var report = JsonDocument.Parse(output.Output).RootElement;
        Assert.InRange(report.GetProperty("macs").GetProperty("share").GetDouble(), 0.48, 0.52);
        Assert.Equal(new FileInfo(target).Length, report.GetProperty("bytes").GetProperty("before").GetInt64() * report.GetProperty("bytes").GetProperty("share").GetDouble(), tolerance: 50);
        Assert.Equal(target, Assert.Single(Directory.GetFileSystemEntries(_folder.Path)));
    }

    [Fact]
    public void Prune_Package_GivesAPackageWithTheNewNetworkAlone()
    {
        var (source, target) = (Published.Model("resnet8-cifar10"), _folder.File("pruned"));

        var output = Prune("--model", source, "--macs", "0.6", "--round", "16", "--out", target);

        Assert.True(output.ExitCode == 0, output.Error);
        var (before, after) = (ModelPackage.Open(source), ModelPackage.Open(target));
        Assert.Equal((before.Manifest.Model, before.Manifest.Version, before.Manifest.Counter), (after.Manifest.Model, after.Manifest.Version, after.Manifest.Counter));
        Assert.Equal(before.ReadLabels(), after.ReadLabels());
        Assert.Single(after.Variants);
        Assert.True(after.ModelFile.Size < before.ModelFile.Size);
    }

    [Theory]
    [InlineData("is out of reach", "--macs", "0.0001")]
    [InlineData("No node is called 'conv_99'", "--keep", "conv_99")]
    [InlineData("between 0 and 1", "--macs", "1.5")]
    [InlineData("write it as --shape", "--shape", "image=1,3,x,32")]
    [InlineData("has no input 'picture'", "--shape", "picture=1,3,32,32")]
    public void Prune_BadWish_IsOneLineAndLeavesNothing(string message, string option, string value)
    {
        var output = Prune("--model", TestData.Require(Network), option, value, "--out", _folder.File("pruned.onnx"));

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
        Assert.Single(output.Error.TrimEnd().Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Prune_WhereSomethingIsAlready_LeavesIt()
    {
        var target = _folder.File("precious");
        File.WriteAllText(target, "mine");

        var output = Prune("--model", TestData.Require(Network), "--out", target);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("is there already", output.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(target));
    }

    [Fact]
    public void Prune_NotANetwork_IsOneLine()
    {
        var source = _folder.File("text.onnx");
        File.WriteAllText(source, "no network");

        var output = Prune("--model", source, "--out", _folder.File("pruned.onnx"));

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("is not an ONNX model", output.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ProgramOutput Prune(params string[] arguments) => Published.Run(Published.Workbench, Deadline, ["model", "prune", .. arguments]);
}
