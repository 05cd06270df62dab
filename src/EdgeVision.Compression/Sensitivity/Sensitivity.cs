using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Which layers suffer from 8 bits, and which the network's answers suffer from.</summary>
/// <remarks>
/// In: a network after <see cref="GraphCleanup"/>, its calibration, how it is to be quantized, and some samples. Weights and activations are judged from numbers and histograms;
/// each layer then runs alone in 8 bits within the float network, written by <see cref="QdqQuantizer"/>, as it would be on the device. After ONNX Runtime's qdq_loss_debug and AIMET's QuantAnalyzer.
/// Costs one session and <see cref="SensitivityOptions.Samples"/> runs a layer: YOLOX-Nano's 113 layers take some 35 s with 4 samples. Any thread.
/// Example: the layer whose weights have one channel a hundred times as wide as the others is first in a report for weights per tensor.
/// </remarks>
public static class Sensitivity
{
    /// <param name="cleaned">Left as it is.</param>
    /// <param name="calibration">Of <see cref="QdqQuantizer.ValuesToCalibrate"/>.</param>
    /// <param name="samples">Inputs; the first few are read once.</param>
    /// <param name="progress">Share of the work that is done, 0 to 1.</param>
    /// <exception cref="CompressionException">No sample, or what <see cref="QdqQuantizer.Quantize"/> refuses.</exception>
    public static SensitivityReport Measure(
        OnnxModel cleaned,
        CalibrationData calibration,
        QuantizationOptions options,
        IEnumerable<NetworkTensor> samples,
        SensitivityOptions? sensitivity = null,
        IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        sensitivity ??= new SensitivityOptions();
        NetworkTensor[] few = [.. samples.Take(sensitivity.Samples)];
        return few.Length > 0
            ? new SensitivityRun(cleaned.Copy(), calibration, options, few, progress, stop).Measure(sensitivity.Cumulative)
            : throw new CompressionException("Sensitivity was to be measured without a sample: give at least one, 4 to 8 are usual.");
    }
}
