using System.Text;
using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>Small packages; the weights of the network are noise, because here nobody runs it.</summary>
internal static class Packages
{
    public const int ModelBytes = 200_000;

    public static ModelPackage Write(string directory, string version, ManifestRequirements? requires = null, int modelBytes = ModelBytes, string model = "toy", int? chunk = null)
    {
        var noise = new byte[modelBytes];
        new Random(version.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter))).NextBytes(noise);
        var network = Onnx.Write(noise);
        var manifest = new Manifest
        {
            Schema = 1,
            Model = model,
            Version = version,
            Files = [new ManifestFile("model", "model.onnx", 0, "") { Chunk = chunk }, new ManifestFile("labels", "labels.txt", 0, "")],
            Requires = requires ?? new ManifestRequirements(),
            Io = new ManifestIo([new ManifestTensor("in", "float32", [1, 3, 4, 4])], [new ManifestTensor("out", "float32", [1, 2])]),
            Preprocess = new ManifestPreprocess(),
            Decode = new ManifestDecode { Decoder = "logits" },
        };
        return PackageWriter.Write(directory, manifest, new Dictionary<string, byte[]> { ["model.onnx"] = network, ["labels.txt"] = Encoding.UTF8.GetBytes("cat\ndog\n") });
    }
}
