using System.Security.Cryptography;
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

    // T28: one byte more than a signed number of 32 bits can count.
    [Fact]
    public void ModelPackage_FileOfTwoGibibytes_NamesBothSizes()
    {
        WriteToy();
        using (var file = File.OpenWrite(_folder.File("model.onnx")))
        {
            file.SetLength((2L << 30) + 1);
        }

        Assert.Contains("has 2147483649 bytes, the manifest says 3", Assert.Throws<PackageException>(() => ModelPackage.Open(_folder.Path)).Message, StringComparison.Ordinal);
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

    [Fact]
    public void PackageWriter_FileOfThreeChunks_HasTheirDigests()
    {
        var contents = new byte[131_073];
        contents[^1] = 7;

        var file = WriteVariants(("model.onnx", null, contents)).ModelFile;

        Assert.Equal(65_536, file.Chunk);
        // The first two are 64 KiB of zeros, the third is the one byte 7.
        Assert.Equal(3, file.ChunkSha256!.Count);
        Assert.Equal(file.ChunkSha256[0], file.ChunkSha256[1]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(new byte[65_536])), file.ChunkSha256[0]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([7])), file.ChunkSha256[2]);
    }

    [Fact]
    public void PackageWriter_FileOfOneChunk_HasOnlyItsOwnDigest()
    {
        var file = WriteVariants(("model.onnx", null, new byte[65_536])).ModelFile;

        Assert.Equal((null, null), (file.Chunk, file.ChunkSha256));
    }

    [Fact]
    public void ModelPackage_TwoVariants_GivesTheFirstUntilAnotherIsSelected()
    {
        var package = WriteVariants(("a.onnx", "fp32", [1]), ("b.onnx", "int8-cpu-u8s8", [2]));

        Assert.Equal(["fp32", "int8-cpu-u8s8"], package.Variants);
        Assert.Equal(("fp32", "a.onnx"), (package.Variant, package.ModelFile.Name));
        var other = package.Select("int8-cpu-u8s8");
        Assert.Equal(("int8-cpu-u8s8", "b.onnx", package.Digest), (other.Variant, other.ModelFile.Name, other.Digest));
        Assert.Equal([2], other.Read(other.ModelFile));
        Assert.Contains("no variant 'fp16', only fp32, int8-cpu-u8s8", Assert.Throws<PackageException>(() => package.Select("fp16")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelPackage_OneNetwork_IsTheDefaultVariant() => Assert.Equal(ModelPackage.DefaultVariant, WriteToy().Select("default").Variant);

    [Fact]
    public void ModelPackage_OfObjects_IsTheSamePackage()
    {
        var package = WriteToy();
        using var objects = new TemporaryDirectory();
        foreach (var file in package.Manifest.Files)
        {
            File.Copy(package.PathOf(file), objects.File(file.Sha256));
        }

        File.Copy(_folder.File("manifest.json"), objects.File("m"));

        var same = ModelPackage.OpenObjects(objects.File("m"), file => objects.File(file.Sha256));

        Assert.Equal(package.Digest, same.Digest);
        Assert.Equal("abc"u8.ToArray(), same.Read(same.ModelFile));
        File.WriteAllText(objects.File(ManifestText.Sha256), "abd");
        var message = Assert.Throws<PackageException>(() => ModelPackage.OpenObjects(objects.File("m"), file => objects.File(file.Sha256))).Message;
        Assert.Contains(objects.File(ManifestText.Sha256), message, StringComparison.Ordinal);
    }

    private ModelPackage WriteVariants(params (string Name, string? Variant, byte[] Bytes)[] models)
    {
        var toy = ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Smallest), "test");
        var manifest = toy with { Files = [.. models.Select(model => new ManifestFile("model", model.Name, 0, "") { Variant = model.Variant, Chunk = 65_536 })] };
        return PackageWriter.Write(_folder.Path, manifest, models.ToDictionary(model => model.Name, model => model.Bytes));
    }

    private ModelPackage WriteToy(string? directory = null)
    {
        var toy = ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Smallest), "test");
        var manifest = toy with { Files = [new ManifestFile("model", "model.onnx", 0, ""), new ManifestFile("labels", "labels.txt", 0, "")] };
        return PackageWriter.Write(
            directory ?? _folder.Path, manifest, new Dictionary<string, byte[]> { ["model.onnx"] = "abc"u8.ToArray(), ["labels.txt"] = "cat\r\ndog, hound\n"u8.ToArray() });
    }
}
