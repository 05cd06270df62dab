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
        Assert.Equal((0.97, 0.9, 0.05), (manifest.Gates.Golden.MinTop1, manifest.Gates.Golden.MinIoU, manifest.Gates.Golden.MaxScoreDelta));
        Assert.Equal((500, 10, 24, 0.8), (manifest.Gates.Shadow.MinFrames, manifest.Gates.Shadow.MinMinutes, manifest.Gates.Shadow.MaxHours, manifest.Gates.Shadow.MinAgreement));
        Assert.Equal((60, 5000), (manifest.Gates.Probation.MinMinutes, manifest.Gates.Probation.MinFrames));
        Assert.Equal((null, null, null), (manifest.Gates.LatencyMsP99, manifest.Onnx, manifest.Expires));
    }

    // A daemon of today reads what a release tool of tomorrow wrote (T83).
    [Theory]
    [InlineData("\"model\": \"toy\"", "\"model\": \"toy\", \"watermark\": { \"key\": [1, 2] }")]
    [InlineData("\"role\": \"model\"", "\"role\": \"model\", \"encoding\": \"identity\"")]
    [InlineData("\"preprocess\": {}", "\"preprocess\": { \"gamma\": 2.2 }")]
    [InlineData("\"model\": \"toy\"", "\"model\": \"toy\", \"gates\": { \"energy\": 5, \"golden\": { \"minRecall\": 0.9 }, \"latencyMsP99\": 45 }")]
    [InlineData("\"model\": \"toy\"", "\"model\": \"toy\", \"requires\": { \"npuTops\": 8 }, \"onnx\": { \"maxNodes\": 9 }")]
    public void ManifestReader_UnknownField_IsIgnored(string good, string newer) => Assert.Equal("toy", Read(ManifestText.With(newer, good)).Model);

    [Fact]
    public void ManifestReader_EveryNewField_IsRead()
    {
        var manifest = Read(ManifestText.With("""
            "model": "toy", "issuedAt": "2026-05-02T08:00:00Z", "expires": "2027-05-02T00:00:00Z",
            "requires": { "ort": ">=1.20,<2", "diskMiB": 24, "cameraProfile": ["rgb-640"] },
            "onnx": { "irMax": 10, "opsets": { "": 17, "com.microsoft": 1 }, "externalData": false },
            "gates": { "golden": { "minTop1": 0.9, "minIoU": 0.8, "maxScoreDelta": 0.1 }, "latencyMsP99": 45, "memoryMiB": 300,
              "shadow": { "minFrames": 5, "minMinutes": 0.05, "maxHours": 1.5, "minAgreement": 0.6, "rateRatio": [0.25, 4] }, "probation": { "minMinutes": 0.05, "minFrames": 7 } },
            "quant": { "scheme": "qdq-int8" }, "provenance": { "gitCommit": "abc" }
            """, "\"model\": \"toy\""));

        Assert.Equal(new DateTimeOffset(2027, 5, 2, 0, 0, 0, TimeSpan.Zero), manifest.Expires);
        Assert.Equal((">=1.20,<2", 24, "rgb-640"), (manifest.Requires.Ort, manifest.Requires.DiskMiB, manifest.Requires.CameraProfile.Single()));
        Assert.Equal((10, 17, 1), (manifest.Onnx!.IrMax, manifest.Onnx.Opsets![""], manifest.Onnx.Opsets["com.microsoft"]));
        Assert.Equal(new GoldenGate { MinTop1 = 0.9, MinIoU = 0.8, MaxScoreDelta = 0.1 }, manifest.Gates.Golden);
        Assert.Equal((45, 300), (manifest.Gates.LatencyMsP99, manifest.Gates.MemoryMiB));
        Assert.Equal((5, 0.05, 1.5, 0.6, 4), (manifest.Gates.Shadow.MinFrames, manifest.Gates.Shadow.MinMinutes, manifest.Gates.Shadow.MaxHours, manifest.Gates.Shadow.MinAgreement, manifest.Gates.Shadow.RateRatio[1]));
        Assert.Equal(new ProbationGate { MinMinutes = 0.05, MinFrames = 7 }, manifest.Gates.Probation);
        Assert.Equal(("qdq-int8", "abc"), (manifest.Quant!.Scheme, manifest.Provenance!.GitCommit));
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
        { "\"decoder\": \"yolox\"", "\"decoder\": \"ctc\", \"blank\": -1", "$.decode.blank: -1 is not from 0 to 65535" },
        { "\"size\": 3", "\"size\": 2147483649", "$.files[0].size: 2147483649 is not a size" },
        { "\"size\": 3", "\"size\": 1e308", "$.files[0].size" },
        { "\"role\": \"model\"", "\"role\": \"model\", \"variant\": \"FP 32\"", "$.files[0].variant: 'FP 32' is not a name" },
        { "\"files\": [", "\"files\": [" + ManifestText.File("labels", "l.txt", 1).Replace("\"role\"", "\"variant\": \"fp32\", \"role\"", StringComparison.Ordinal) + ", ", "only the network has variants, not labels" },
        { "\"files\": [", "\"files\": [" + ManifestText.File("model", "b.onnx", 1) + ", ", "$.files: 2 files with the role \"model\"; give each a variant" },
        { "\"files\": [", "\"files\": [" + ManifestText.File("model", "b.onnx", 1).Replace("\"role\"", "\"variant\": \"fp16\", \"role\"", StringComparison.Ordinal) + ", ", "one of them without a variant" },
        { "\"files\": [", "\"files\": [" + ManifestText.File("golden", "a.bin", 1) + ", " + ManifestText.File("golden", "b.bin", 1) + ", ", "more than one file with the role \"golden\"" },
        { "\"size\": 3", "\"size\": 3, \"chunk\": 65536", "$.files[0].chunk: chunk and chunkSha256 go together" },
        { "\"size\": 3", "\"size\": 3, \"chunk\": 1, \"chunkSha256\": []", "$.files[0].chunk: 1 is not from 65536" },
        { "\"size\": 3", "\"size\": 131073, \"chunk\": 65536, \"chunkSha256\": [\"" + ManifestText.Sha256 + "\", \"" + ManifestText.Sha256 + "\"]", "2 digests; 131073 bytes in chunks of 65536 have 3" },
        { "\"size\": 3", "\"size\": 3, \"chunk\": 65536, \"chunkSha256\": [\"abc\"]", "$.files[0].chunkSha256: holds what is no digest" },
        { "\"size\": 3", "\"size\": 3, \"chunk\": 65536, \"chunkSha256\": [null]", "$.files[0].chunkSha256" },
        { "\"version\": \"1.0.0\"", "\"version\": \"1.0.0\", \"issuedAt\": \"2026-05-02T00:00:00Z\", \"expires\": \"2026-05-01T00:00:00Z\"", "$.expires: 2026-05-01" },
        { "\"version\": \"1.0.0\"", "\"version\": \"1.0.0\", \"expires\": \"soon\"", "$.expires" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"requires\": { \"ort\": \"1.20\" }", "$.requires.ort: '1.20' is not a range" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"requires\": { \"diskMiB\": 0 }", "$.requires.diskMiB: 0 is not above 0" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"requires\": { \"cameraProfile\": [\"A B\"] }", "$.requires.cameraProfile" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"onnx\": { \"externalData\": true }", "$.onnx.externalData: is true" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"onnx\": { \"irMax\": 0 }", "$.onnx.irMax: 0" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"onnx\": { \"opsets\": {} }", "$.onnx.opsets: 0 domains" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"onnx\": { \"opsets\": { \"\": 0 } }", "$.onnx.opsets: holds a version" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"golden\": { \"minTop1\": 97 } }", "$.gates.golden.minTop1: 97 is not from 0 to 1" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"golden\": { \"maxScoreDelta\": -0.1 } }", "$.gates.golden.maxScoreDelta: -0.1" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"latencyMsP99\": 0 }", "$.gates.latencyMsP99: 0 is not above 0" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"memoryMiB\": -1 }", "$.gates.memoryMiB: -1" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"shadow\": { \"minMinutes\": 120, \"maxHours\": 1 } }", "$.gates.shadow.maxHours: 1 hours are less than minMinutes, 120" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"shadow\": { \"rateRatio\": [2, 0.5] } }", "$.gates.shadow.rateRatio" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"shadow\": { \"minFrames\": -1 } }", "$.gates.shadow.minFrames: -1" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"gates\": { \"probation\": { \"minMinutes\": 1e9 } }", "$.gates.probation.minMinutes" },
        { "\"preprocess\": {}", "\"preprocess\": {}, \"quant\": { \"scheme\": \"" + new string('x', 257) + "\" }", "$.quant.scheme: 257 characters" },
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
    public void ManifestReader_ThreeChunks_AreRead()
    {
        var text = ManifestText.With(
            $"\"size\": 131073, \"chunk\": 65536, \"chunkSha256\": [{string.Join(", ", Enumerable.Repeat($"\"{ManifestText.Sha256}\"", 3))}]", "\"size\": 3");

        Assert.Equal(3, Read(text).Files[0].ChunkSha256!.Count);
    }

    [Fact]
    public void ManifestReader_SameNameTwice_IsRefused()
    {
        var text = ManifestText.With("\"files\": [" + ManifestText.File("golden", "model.onnx", 1) + ", ", "\"files\": [");

        Assert.Contains("'model.onnx' stands twice", Assert.Throws<PackageException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    private static Manifest Read(string text) => ManifestReader.Read(Encoding.UTF8.GetBytes(text), "toy/manifest.json");
}
