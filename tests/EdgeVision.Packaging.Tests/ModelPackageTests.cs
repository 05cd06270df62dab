using System.Text;

namespace EdgeVision.Packaging.Tests;

public sealed class ModelPackageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PackageWriter_FilesWithoutDigests_OpenWithDigestsAndSizes()
    {
        var package = WriteToy();

        // sha256 of "abc", from FIPS 180-2.
        Assert.Equal(new ManifestFile("model", "model.onnx", 3, ManifestText.Sha256), package.Manifest.FileOf("model"));
        Assert.Equal("abc"u8.ToArray(), package.Read(package.Manifest.FileOf("model")!));
        Assert.Equal(["cat", "dog, hound"], package.ReadLabels());
    }

    [Fact]
    public void ModelPackage_SameContents_HaveTheSameDigest()
    {
        using var other = new TemporaryDirectory();

        Assert.Equal(WriteToy().Digest, WriteToy(other.Path).Digest);
        Assert.Matches("^sha256:[0-9a-f]{64}$", WriteToy().Digest);
    }

    [Fact]
    public void ModelPackage_OneByteChanged_IsRefusedWithTheFileNamed()
    {
        WriteToy();
        File.WriteAllText(_folder.File("model.onnx"), "abd");

        var exception = Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path));

        Assert.Contains(_folder.File("model.onnx"), exception.Message, StringComparison.Ordinal);
        Assert.Contains("copy the package again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelPackage_ChangedAfterOpening_IsRefusedWhenRead()
    {
        var package = WriteToy();
        File.WriteAllText(_folder.File("model.onnx"), "abd");

        Assert.Throws<PackageException>(() => package.Read(package.Manifest.FileOf("model")!));
    }

    [Fact]
    public void ModelPackage_FileCutShort_NamesBothSizes()
    {
        WriteToy();
        File.WriteAllText(_folder.File("model.onnx"), "ab");

        var message = Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path)).Message;

        Assert.Contains("has 2 bytes, the manifest says 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelPackage_MissingFile_IsNamed()
    {
        WriteToy();
        File.Delete(_folder.File("labels.txt"));

        Assert.Contains("labels.txt is missing", Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelPackage_NoSuchFolder_TellsTheWayOut()
    {
        var message = Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.File("nowhere"))).Message;

        Assert.Contains("nowhere does not exist", message, StringComparison.Ordinal);
        Assert.Contains("make models", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelPackage_FolderWithoutManifest_TellsWhatAPackageIs() =>
        Assert.Contains("holds no manifest.json", Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void ModelPackage_ManifestThatIsAModel_IsRefusedUnread()
    {
        using (var file = File.Create(_folder.File("manifest.json")))
        {
            file.SetLength(1L << 32);
        }

        Assert.Contains("4294967296 bytes", Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PackageWriter_FileWithoutContents_IsNamed()
    {
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Smallest), "test");

        var message = Assert.Throws<PackageException>(() => PackageWriter.Write(_folder.Path, manifest, new Dictionary<string, byte[]>())).Message;

        Assert.Contains("model.onnx", message, StringComparison.Ordinal);
    }

    private ModelPackage WriteToy(string? directory = null)
    {
        var toy = ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Smallest), "test");
        var manifest = toy with { Files = [new ManifestFile("model", "model.onnx", 0, ""), new ManifestFile("labels", "labels.txt", 0, "")] };
        return PackageWriter.Write(
            directory ?? _folder.Path, manifest, new Dictionary<string, byte[]> { ["model.onnx"] = "abc"u8.ToArray(), ["labels.txt"] = "cat\r\ndog, hound\n"u8.ToArray() });
    }
}
