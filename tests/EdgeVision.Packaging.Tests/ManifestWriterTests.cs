using System.Text;

namespace EdgeVision.Packaging.Tests;

public sealed class ManifestWriterTests
{
    [Fact]
    public void ManifestWriter_ReadAgain_WritesTheSameBytes()
    {
        var first = ManifestWriter.Write(Read(Encoding.UTF8.GetBytes(ManifestText.Smallest)));

        var second = ManifestWriter.Write(Read(first));

        Assert.Equal(first, second);
        Assert.StartsWith("{\n  \"schema\": 1,\n  \"model\": \"toy\",", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
    }

    [Fact]
    public void ManifestWriter_EveryField_SurvivesTheWay()
    {
        var manifest = Read(Encoding.UTF8.GetBytes(ManifestText.Smallest)) with
        {
            Counter = 41,
            IssuedAt = new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero),
            Requires = new ManifestRequirements { AgentMin = "0.1.0", Arch = ["x64"], ExecutionProviders = ["cuda", "cpu"], RamMiB = 180 },
            Preprocess = new ManifestPreprocess { Channels = "rgb", Resize = "centre-crop", Antialias = true, Centred = true, ShortSide = 256, Padding = 0, Mean = [1, 2, 3], Std = [4, 5, 6] },
            Expires = new DateTimeOffset(2027, 5, 2, 0, 0, 0, TimeSpan.Zero),
            Onnx = new ManifestOnnx { IrMax = 10, Opsets = new Dictionary<string, int> { [""] = 17 } },
            Gates = new ManifestGates { LatencyMsP99 = 45.5, Golden = new GoldenGate { MinTop1 = 0 }, Shadow = new ShadowGate { MinFrames = 0, MinMinutes = 0.05 }, Probation = new ProbationGate { MinFrames = 3 } },
            Quant = new ManifestQuant("qdq-int8"),
            Provenance = new ManifestProvenance(GitCommit: "abc"),
            Decode = new ManifestDecode { Decoder = "ssd-priors", MinConfidence = 0, Iou = 1, TopK = 2, Strides = [4], MinBoxes = [[10, 16]], BackgroundClasses = 1 },
        };

        var back = Read(ManifestWriter.Write(manifest));

        // Records compare their lists by reference, so each part is compared by what it writes.
        Assert.Equal(ManifestWriter.Write(manifest), ManifestWriter.Write(back));
        Assert.Equal(41, back.Counter);
        Assert.Equal(manifest.IssuedAt, back.IssuedAt);
        Assert.Equal(["cuda", "cpu"], back.Requires.ExecutionProviders);
        Assert.Equal(0, back.Decode.MinConfidence);
        Assert.Equal(0, back.Preprocess.Padding);
        Assert.True(back.Preprocess.Antialias);
        Assert.Equal([10, 16], back.Decode.MinBoxes[0]);
        Assert.Equal(1, back.Decode.BackgroundClasses);
        Assert.Equal(17, back.Onnx!.Opsets![""]);
        Assert.Equal(manifest.Gates.Golden, back.Gates.Golden);
        Assert.Equal((45.5, 0, 0.05, 3), (back.Gates.LatencyMsP99, back.Gates.Shadow.MinFrames, back.Gates.Shadow.MinMinutes, back.Gates.Probation.MinFrames));
        Assert.Equal((manifest.Quant, manifest.Provenance), (back.Quant, back.Provenance));
    }

    [Fact]
    public void ManifestWriter_ManifestTheReaderWouldRefuse_IsRefused()
    {
        var manifest = Read(Encoding.UTF8.GetBytes(ManifestText.Smallest)) with { Model = "No Name" };

        Assert.Contains("$.model", Assert.Throws<PackageException>(() => ManifestWriter.Write(manifest)).Message, StringComparison.Ordinal);
    }

    private static Manifest Read(byte[] utf8) => ManifestReader.Read(utf8, "test");
}
