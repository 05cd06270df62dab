namespace EdgeVision.Compression;

/// <summary>What the small form of a network is made for.</summary>
public enum CompressionTarget
{
    /// <summary>8-bit integers as x86 and ARM processors run them fast; variant <c>int8-cpu-u8s8</c>.</summary>
    Cpu,

    /// <summary>8-bit integers as TensorRT wants them; variant <c>int8-tensorrt-s8s8</c>. Slow on a processor.</summary>
    TensorRt,

    /// <summary>float16; variant <c>fp16</c>.</summary>
    HalfPrecision,

    /// <summary>Weights stored in 8 bits, computed in floats; variant <c>int8-weight-only</c>.</summary>
    WeightOnly,

    /// <summary>All of these; the objective decides on this machine.</summary>
    Auto,
}
