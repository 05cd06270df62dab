using System.Diagnostics;

namespace EdgeVision.Packaging.Tests;

/// <summary>The manifests that the project ships, and the script that makes packages of them.</summary>
public sealed class ZooTests
{
    private static readonly string Zoo = Path.Combine(TestData.RepositoryRoot, "models", "zoo");

    public static TheoryData<string> Names => new(Directory.GetDirectories(Zoo).Select(folder => Path.GetFileName(folder)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Zoo_Manifest_IsReadAndNamesItsOwnFolder(string name)
    {
        var path = Path.Combine(Zoo, name, "manifest.json");

        Assert.Equal(name, ManifestReader.Read(File.ReadAllBytes(path), path).Model);
    }

    [Fact]
    public void Zoo_Assembled_EveryPackageOpens()
    {
        TestData.Require("models/yolox_nano/yolox_nano.onnx");
        using var target = new TemporaryDirectory();

        Assert.Equal(0, Assemble(target.Path, TestData.Root));
        Assert.Equal(Directory.GetDirectories(Zoo).Length, Directory.GetDirectories(target.Path).Length);
        Assert.All(Directory.GetDirectories(target.Path), folder => ModelPackage.Open(folder));
    }

    [Fact]
    public void Zoo_NetworkThatIsNotTheManifests_IsAnError()
    {
        using var data = new TemporaryDirectory();
        using var target = new TemporaryDirectory();
        Directory.CreateDirectory(data.File("models/mnist_cnn"));
        File.WriteAllText(data.File("models/mnist_cnn/mnist.onnx"), "another network");

        Assert.Equal(1, Assemble(target.Path, data.Path));
        Assert.False(File.Exists(target.File("mnist-cnn/manifest.json")));
    }

    [Fact]
    public void Zoo_NoData_AssemblesOurOwnAndIsNoError()
    {
        using var nothing = new TemporaryDirectory();

        Assert.Equal(0, Assemble(nothing.File("models"), nothing.Path));
        string[] own = [.. Directory.GetDirectories(Zoo).Where(folder => !File.Exists(Path.Combine(folder, "source.json"))).Select(folder => Path.GetFileName(folder)!).Order()];
        Assert.Contains("intersection", own);
        Assert.Equal(own, Directory.GetDirectories(nothing.File("models")).Select(folder => Path.GetFileName(folder)!).Order());
        Assert.All(own, name => ModelPackage.Open(nothing.File($"models/{name}")));
        Assert.False(Directory.Exists(nothing.File("models/yolox-nano")));
    }

    private static int Assemble(string target, string data)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(TestData.RepositoryRoot, "models", "assemble.sh"), target]) { Environment = { ["EDGEVISION_DATA"] = data } };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
