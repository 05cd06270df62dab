using EdgeVision.Packaging;

namespace EdgeVision.Workbench.Tests;

public sealed class PackageCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Out => _folder.File("digits");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Package_OnnxFile_IsDescribedByItself()
    {
        var made = ModelBench.Json([.. Digits(), "--decoder", "logits", "--mean", "0", "--std", "1"]);

        var package = ModelPackage.Open(Out);
        Assert.Equal(package.Digest, made.GetProperty("digest").GetString());
        Assert.Equal(("digits", "1.2.0", 1L), (package.Manifest.Model, package.Manifest.Version, package.Manifest.Counter));
        Assert.Equal([1, 1, 28, 28], Assert.Single(package.Manifest.Io.Inputs).Shape);
        Assert.Equal("Plus214_Output_0", Assert.Single(package.Manifest.Io.Outputs).Name);
        Assert.Equal(10, package.ReadLabels().Count);
    }

    [Fact]
    public void Package_LikeAnother_TakesOverHowPicturesAreFed()
    {
        ModelBench.Json([.. Digits(), "--decoder", "logits", "--mean", "5", "--std", "2"]);

        ModelBench.Json("package", "--network", Network(), "--name", "again", "--version", "2.0.0", "--counter", "7", "--like", Out, "--out", _folder.File("again"));

        var again = ModelPackage.Open(_folder.File("again"));
        Assert.Equal([5f], again.Manifest.Preprocess.Mean);
        Assert.Equal(7, again.Manifest.Counter);
        Assert.Equal(10, again.ReadLabels().Count);
    }

    [Theory]
    [InlineData("--decoder", "Nothing says how")]
    [InlineData("--decoder yolox --mean 0 --std 1", "yolox")]
    [InlineData("--decoder logits --padding 300", "$.preprocess.padding")]
    public void Package_ThatADeviceWouldNotLoad_IsRefusedAndLeavesNothing(string options, string words)
    {
        string[] given = options == "--decoder" ? [] : options.Split(' ');

        var output = ModelBench.Run([.. Digits(), .. given]);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, output.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(Out)!));
    }

    [Fact]
    public void Package_NotANetwork_SaysSo()
    {
        File.WriteAllText(_folder.File("text.onnx"), "hello");

        var output = ModelBench.Run("package", "--network", _folder.File("text.onnx"), "--name", "a", "--version", "1", "--decoder", "logits", "--out", Out);

        Assert.Equal(1, output.ExitCode);
        Assert.StartsWith("edgevision: ", output.Error, StringComparison.Ordinal);
        Assert.Single(output.Error.Trim().Split('\n'));
    }

    private static string Network() => TestData.Require("models/mnist_cnn/mnist.onnx");

    private string[] Digits() =>
    [
        "package", "--network", Network(), "--labels", Path.Combine(TestData.RepositoryRoot, "models/zoo/mnist-cnn/labels.txt"), "--name", "digits", "--version", "1.2.0", "--channels", "gray", "--resize", "stretch", "--out", Out,
    ];
}
