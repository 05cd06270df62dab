using System.Text.Json.Serialization;

namespace EdgeVision.Compression;

/// <summary>One form of the network: what it weighs, how fast it is and how well it sees.</summary>
/// <remarks>The fields of <c>edgevision model compress --json</c>. Example: fp32 0.65, value 0.645, drop 0.5.</remarks>
public sealed record VariantReport
{
    /// <summary>The variant's name in the package: <c>int8-cpu-u8s8</c>.</summary>
    public required string Kind { get; init; }

    public required string File { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the float file's bytes.</summary>
    public required double SizeRatio { get; init; }

    public required string Metric { get; init; }

    /// <summary>The float network's value on the same pictures.</summary>
    public required double Fp32 { get; init; }

    public required double Value { get; init; }

    /// <summary>95 % interval of <see cref="Value"/>.</summary>
    public double Low { get; init; }

    public double High { get; init; }

    /// <summary>Points that it lost; below 0 = it gained.</summary>
    public required double Drop { get; init; }

    /// <summary>95 % interval of <see cref="Drop"/>, from the same pictures on both sides.</summary>
    public double DropLow { get; init; }

    public double DropHigh { get; init; }

    /// <summary>Probability of so large a difference where there is none, 0 to 1, by <see cref="Test"/>; null = not compared.</summary>
    public double? P { get; init; }

    /// <summary><c>mcnemar</c> where pictures are right or wrong, otherwise <c>bootstrap</c>.</summary>
    public string? Test { get; init; }

    /// <summary>One thread, one picture, least of interleaved runs.</summary>
    public required double LatencyMsFp32 { get; init; }

    public required double LatencyMs { get; init; }

    public required double Speedup { get; init; }

    public required int Convs { get; init; }

    /// <summary>Of <see cref="Convs"/>, how many ONNX Runtime computes in integers on this machine.</summary>
    [JsonPropertyName("qlinearConvs")]
    public required int QLinearConvs { get; init; }

    /// <summary>Nodes that stay float.</summary>
    public required IReadOnlyList<string> FloatIslands { get; init; }

    /// <summary>Each count of threads.</summary>
    public IReadOnlyList<LatencyReport> Latencies { get; init; } = [];

    /// <summary>How it was made, for people: <c>min-max, bias corrected</c>.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>What differs between the network that was meant and the one that ONNX Runtime makes of it; null = not a quantized one, empty = nothing.</summary>
    public IReadOnlyList<string>? FusionDifferences { get; init; }

    /// <summary>What ONNX Runtime computes in floats in this variant: operator and how many; what limits its speed.</summary>
    public IReadOnlyDictionary<string, int> FloatOperators { get; init; } = new Dictionary<string, int>();

    /// <summary>Why it is not in the package; null = it is.</summary>
    public string? Rejection { get; init; }
}
