using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of <c>onnx</c>.</summary>
internal static class ManifestOnnxRules
{
    private const int MaxVersion = 1000;
    private const int MaxDomains = 16;
    private const int MaxDomainLength = 128;

    public static void Check(ManifestOnnx? onnx, string name)
    {
        if (onnx is null)
        {
            return;
        }

        Require(onnx.IrMax is null or (> 0 and <= MaxVersion), name, "$.onnx.irMax", $"{onnx.IrMax} is not a version from 1 to {MaxVersion}");
        Require(!onnx.ExternalData, name, "$.onnx.externalData", "is true, but weights outside the file are never read; export the network with its weights inside");
        var opsets = onnx.Opsets ?? new Dictionary<string, int> { [""] = 1 };
        Require(opsets.Count is > 0 and <= MaxDomains, name, "$.onnx.opsets", $"{opsets.Count} domains; write 1 to {MaxDomains}, or leave it out");
        Require(opsets.All(pair => pair.Key.Length <= MaxDomainLength && pair.Value is > 0 and <= MaxVersion), name, "$.onnx.opsets", $"holds a version that is not from 1 to {MaxVersion}");
    }
}
