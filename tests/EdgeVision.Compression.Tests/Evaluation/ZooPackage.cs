using System.Text.Json;
using EdgeVision.Packaging;

namespace EdgeVision.Compression.Tests;

/// <summary>A package of models/zoo, put together for one test; without its network the test is skipped.</summary>
internal sealed class ZooPackage : IDisposable
{
    private readonly TemporaryDirectory _directory;

    private ZooPackage(TemporaryDirectory directory, ModelPackage package) => (_directory, Package) = (directory, package);

    public ModelPackage Package { get; }

    public static ZooPackage Open(string name)
    {
        var zoo = Path.Combine(TestData.RepositoryRoot, "models", "zoo", name);
        using var source = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(zoo, "source.json")));
        var network = TestData.Require(source.RootElement.GetProperty("model.onnx").GetString()!);
        var directory = new TemporaryDirectory();
        File.Copy(Path.Combine(zoo, "manifest.json"), directory.File("manifest.json"));
        File.Copy(Path.Combine(zoo, "labels.txt"), directory.File("labels.txt"));
        File.Copy(network, directory.File("model.onnx"));
        return new ZooPackage(directory, ModelPackage.Open(directory.Path));
    }

    public void Dispose() => _directory.Dispose();
}
