namespace EdgeVision.Packaging.Tests;

/// <summary>The smallest manifest that is accepted, to be spoilt in one place by a test.</summary>
internal static class ManifestText
{
    // sha256 of "abc", from FIPS 180-2.
    public const string Sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    public const string Smallest = $$"""
        { "schema": 1, "model": "toy", "version": "1.0.0",
          "files": [ { "role": "model", "name": "model.onnx", "size": 3, "sha256": "{{Sha256}}" } ],
          "io": { "inputs": [{ "name": "in", "type": "float32", "shape": [1, 3, 4, 4] }], "outputs": [{ "name": "out", "type": "float32", "shape": [1, 2] }] },
          "preprocess": {}, "decode": { "decoder": "yolox" } }
        """;

    public static string With(string bad, string good)
    {
        Assert.Contains(good, Smallest, StringComparison.Ordinal);
        return Smallest.Replace(good, bad, StringComparison.Ordinal);
    }

    public static string File(string role, string name, long size) => $$"""{ "role": "{{role}}", "name": "{{name}}", "size": {{size}}, "sha256": "{{Sha256}}" }""";
}
