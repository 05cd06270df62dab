using System.CommandLine;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary>What a small form of a model is made for.</summary>
internal static class TargetOption
{
    public static readonly Option<CompressionTarget> Target = WordOption.Of(
        "--target", "what it is made for", CompressionTarget.Auto,
        ("cpu", CompressionTarget.Cpu), ("tensorrt", CompressionTarget.TensorRt), ("fp16", CompressionTarget.HalfPrecision), ("weight-only", CompressionTarget.WeightOnly), ("auto", CompressionTarget.Auto));
}
