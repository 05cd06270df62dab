namespace EdgeVision.Compression;

/// <summary>How 8 bits are written, because each runtime is fast on one way only.</summary>
public enum QuantizationForm
{
    /// <summary>Unsigned activations with a zero point, signed weights per channel: the form ONNX Runtime's kernels for x86 and ARM take. Variant <c>int8-cpu-u8s8</c>.</summary>
    CpuU8S8,

    /// <summary>Signed, symmetric, biases in floats: the form TensorRT reads. Slow on a CPU. Variant <c>int8-tensorrt-s8s8</c>.</summary>
    TensorRtS8S8,

    /// <summary>What the usual quantizer writes when it is told nothing: signed activations, weights per tensor, every operator it knows. The baseline to beat. Variant <c>int8-cpu-s8s8</c>.</summary>
    CpuS8S8,
}
