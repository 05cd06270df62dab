using System.Text;

namespace EdgeVision.Packaging.Tests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void ManifestReader_SmallestManifest_HasTheDefaults()
    {
        var manifest = Read(ManifestText.Smallest);

        Assert.Equal("toy", manifest.Model);
        Assert.Equal(0.25f, manifest.Decode.MinConfidence);
        Assert.Equal(0.45f, manifest.Decode.Iou);
        Assert.Equal(5, manifest.Decode.TopK);
        Assert.Equal([8, 16, 32], manifest.Decode.Strides);
        Assert.Equal("letterbox", manifest.Preprocess.Resize);
        Assert.Equal(114, manifest.Preprocess.Padding);
        Assert.Equal([1, 1, 1], manifest.Preprocess.Std);
        Assert.Empty(manifest.Requires.ExecutionProviders);
    }

    [Fact]
    public void ManifestReader_UnknownField_IsIgnored()
    {
        var manifest = Read(ManifestText.With("\"gates\": { \"latencyMsP99\": 45 }, \"model\": \"toy\"", "\"model\": \"toy\""));

        Assert.Equal("toy", manifest.Model);
    }

    [Fact]
    public void ManifestReader_RequiredProviders_AreReadFromEp()
    {
        var manifest = Read(ManifestText.With("\"requires\": { \"ep\": [\"cuda\"], \"ramMiB\": 180 }, \"model\": \"toy\"", "\"model\": \"toy\""));

        Assert.Equal(["cuda"], manifest.Requires.ExecutionProviders);
        Assert.Equal(180, manifest.Requires.RamMiB);
    }

    // Each row: what stands in the smallest manifest, what takes its place, and what the message must say.
    public static TheoryData<string, string, string> Broken => new()
    {
        { "\"schema\": 1", "\"schema\": 2", "$.schema: 2 is not known" },
        { "\"schema\": 1,", "", "$.schema: missing" },
        { "\"schema\": 1", "\"schema\": \"1\"", "$.schema: missing or not a whole number" },
        { "\"model\": \"toy\"", "\"model\": \"toy\", \"model\": \"toy2\"", "Duplicate property 'model'" },
        { "\"model\": \"toy\"", "\"model\": \"toy\", \"unknown\": { \"a\": 1, \"a\": 2 }", "Duplicate property 'a'" },
        { "\"model\": \"toy\"", "\"model\": \"Toy Model\"", "$.model: 'Toy Model' is not a name" },
        { "\"model\": \"toy\"", "\"model\": null", "$.model" },
        { "\"model\": \"toy\",", "", "missing required properties including: 'model'" },
        { "\"version\": \"1.0.0\"", "\"version\": \"new\"", "$.version: 'new' is not a version" },
        { "\"version\": \"1.0.0\"", "\"version\": \"1.0.0\", \"counter\": -1", "$.counter: -1 is below 0" },
        { "\"role\": \"model\"", "\"role\": \"golden\"", "$.files: 0 files with the role \"model\"" },
        { "model.onnx", "../model.onnx", "$.files[0].name: '../model.onnx' is not a file name" },
        { "model.onnx", "..", "$.files[0].name: '..' is not a file name" },
        { "model.onnx", "MODEL.onnx", "$.files[0].name: 'MODEL.onnx' is not a file name" },
        { "model.onnx", "manifest.json", "$.files[0].name: a manifest cannot name itself" },
        { "\"size\": 3", "\"size\": -3", "$.files[0].size: -3 is not a size" },
        { "\"size\": 3", "\"size\": \"3\"", "$.files[0].size" },
        { "\"size\": 3", "\"size\": 9223372036854775807", "$.files[0].size" },
        { "\"size\": 3,", "", "$.files[0]" },
        { ManifestText.Sha256, ManifestText.Sha256.ToUpperInvariant(), "$.files[0].sha256" },
        { ManifestText.Sha256, "abc", "$.files[0].sha256: 'abc' is not a digest" },
        { "\"files\": [", "\"files\": [ null, ", "$.files[0]: is null" },
        { "\"type\": \"float32\", \"shape\": [1, 3, 4, 4]", "\"type\": \"float64\", \"shape\": [1, 3, 4, 4]", "$.io.inputs[0].type: 'float64' is not known" },
        { "[1, 3, 4, 4]", "[1, 3, 0, 4]", "$.io.inputs[0].shape" },
        { "[1, 3, 4, 4]", "[1, 3, \"w\", 4]", "$.io.inputs[0].shape[2]" },
        { "\"preprocess\": {}", "\"preprocess\": { \"channels\": \"cmyk\" }", "$.preprocess.channels: 'cmyk' is not known; use bgr, rgb or gray" },
        { "\"preprocess\": {}", "\"preprocess\": { \"std\": [1, 0, 1] }", "$.preprocess.std" },
        { "\"preprocess\": {}", "\"preprocess\": { \"mean\": [1, 2] }", "$.preprocess.mean: 2 values" },
        { "\"preprocess\": {}", "\"preprocess\": { \"layout\": \"NHWC\" }", "$.preprocess.layout: 'NHWC'" },
        { "\"decoder\": \"yolox\"", "\"decoder\": \"yolox\", \"minConfidence\": 1.5", "$.decode.minConfidence: 1.5 is not from 0 to 1" },
        { "\"decoder\": \"yolox\"", "\"decoder\": \"yolox\", \"strides\": [8, 0]", "$.decode.strides" },
        { "\"decoder\": \"yolox\"", "\"decoder\": \"yolox\", \"minBoxes\": [[10], []]", "$.decode.minBoxes" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void ManifestReader_BrokenField_IsNamedWithFileAndPath(string good, string bad, string expected)
    {
        var exception = Assert.Throws<PackageException>(() => Read(ManifestText.With(bad, good)));

        Assert.StartsWith("toy/manifest.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json at all")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"schema\": 1, ")]
    public void ManifestReader_NotAManifest_IsRefused(string text) => Assert.Throws<PackageException>(() => Read(text));

    [Fact]
    public void ManifestReader_DeeperThanSixteen_IsRefused()
    {
        // The root object is level 1, so 15 arrays inside it reach 16 and 16 go beyond.
        Assert.Equal("toy", Read(Nested(15)).Model);
        Assert.Throws<PackageException>(() => Read(Nested(16)));

        static string Nested(int depth) => ManifestText.With(
            $"\"unknown\": {new string('[', depth)}{new string(']', depth)}, \"model\": \"toy\"", "\"model\": \"toy\"");
    }

    [Fact]
    public void ManifestReader_OneByteOverTheLimit_IsRefusedUnread()
    {
        var padded = ManifestText.Smallest.PadRight(ManifestReader.MaxBytes);

        Assert.Equal("toy", Read(padded).Model);
        Assert.Contains("262145 bytes", Assert.Throws<PackageException>(() => Read(padded + ' ')).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManifestReader_ThirtyThreeFiles_AreRefused()
    {
        Assert.Equal(32, Read(WithFiles(32)).Files.Count);
        Assert.Contains("$.files: 33 files", Assert.Throws<PackageException>(() => Read(WithFiles(33))).Message, StringComparison.Ordinal);

        static string WithFiles(int count) => ManifestText.With(
            "\"files\": [" + string.Concat(Enumerable.Range(1, count - 1).Select(i => ManifestText.File("extra", $"f{i}.bin", 1) + ", ")), "\"files\": [");
    }

    [Fact]
    public void ManifestReader_FilesTogetherOverOneGibibyte_AreRefused()
    {
        var text = ManifestText.With("\"files\": [" + ManifestText.File("golden", "golden.bin", 1L << 30) + ", ", "\"files\": [");

        Assert.Contains("$.files[1].size", Assert.Throws<PackageException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManifestReader_SameNameTwice_IsRefused()
    {
        var text = ManifestText.With("\"files\": [" + ManifestText.File("golden", "model.onnx", 1) + ", ", "\"files\": [");

        Assert.Contains("'model.onnx' stands twice", Assert.Throws<PackageException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    private static Manifest Read(string text) => ManifestReader.Read(Encoding.UTF8.GetBytes(text), "toy/manifest.json");
}
