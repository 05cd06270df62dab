using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>A cleaned network in 8 bits, calibrated with least and greatest numbers.</summary>
internal static class EightBits
{
    public static byte[] Of(OnnxModel cleaned, IEnumerable<NetworkTensor> samples, bool perChannel = true, IReadOnlySet<string>? floatNodes = null)
    {
        var options = new QuantizationOptions { PerChannel = perChannel, FloatNodes = floatNodes ?? new HashSet<string>() };
        var calibration = Calibrator.Collect(cleaned.Save(), "float", QdqQuantizer.ValuesToCalibrate(cleaned, options), samples);
        return QdqQuantizer.Quantize(cleaned, calibration, options).Onnx;
    }
}
