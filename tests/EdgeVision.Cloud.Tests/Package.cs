using System.Security.Cryptography;

namespace EdgeVision.Cloud.Tests;

/// <summary>The smallest model package there can be.</summary>
internal static class Package
{
    public static string Write(string directory, string version, byte[] model, long counter = 3)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "model.onnx"), model);
        File.WriteAllText(Path.Combine(directory, "manifest.json"), $$"""
            { "schema": 1, "model": "toy", "version": "{{version}}", "counter": {{counter}},
              "files": [ { "role": "model", "name": "model.onnx", "size": {{model.Length}}, "sha256": "{{Sha256(model)}}" } ],
              "io": { "inputs": [{ "name": "in", "type": "float32", "shape": [1, 3, 4, 4] }], "outputs": [{ "name": "out", "type": "float32", "shape": [1, 2] }] },
              "preprocess": {}, "decode": { "decoder": "yolox" } }
            """);
        return directory;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
