using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>What every quantization of one search starts from: the prepared network, its calibration, and some samples in memory to compare outputs on.</summary>
/// <remarks>One thread.</remarks>
internal sealed class QuantizationGround
{
    // Bias correction goes through its samples once for each layer. Few are enough, because both means are taken on the same ones.
    private const int BiasSamples = 16;

    private readonly NetworkTensor[] _samples;
    private readonly string _samplesDigest;
    private readonly OutputSqnr _nearness;
    private readonly WorkFolder _work;

    public QuantizationGround(PreparedNetwork network, CalibrationData calibration, NetworkTensor[] samples, WorkFolder work)
    {
        (Network, Calibration, _samples, _work) = (network, calibration, samples, work);
        _samplesDigest = $"{calibration.SampleDigest} {samples.Length}";
        _nearness = new OutputSqnr(network.Onnx, samples);
    }

    public PreparedNetwork Network { get; }

    public CalibrationData Calibration { get; }

    public IReadOnlyList<NetworkTensor> Samples => _samples;

    public QuantizedNetwork Quantize(QuantizationRecipe recipe, QuantizationForm form, IReadOnlySet<string>? floatNodes = null, CancellationToken stop = default)
    {
        var options = new QuantizationOptions { Form = form, Range = recipe.Range, FloatNodes = floatNodes ?? new HashSet<string>() };
        var network = recipe.CorrectsBias ? Network with { Onnx = CorrectBiases(recipe, options, stop) } : Network;
        return QdqQuantizer.Quantize(network.Open(), Calibration, options);
    }

    /// <summary>Nearness of the outputs to the float ones, dB.</summary>
    public double SqnrOf(byte[] onnx, CancellationToken stop) =>
        BitConverter.ToDouble(_work.Get("sqnr", [WorkFolder.DigestOf(onnx), Network.Digest, _samplesDigest], () => BitConverter.GetBytes(_nearness.Of(onnx, stop))));

    // With the same layers in floats, because a bias that makes up for the error of a layer before it is wrong where that layer has none.
    private byte[] CorrectBiases(QuantizationRecipe recipe, QuantizationOptions options, CancellationToken stop)
    {
        string[] key = [Network.Digest, _samplesDigest, recipe.Name, options.Form.ToString(), $"{BiasSamples}", .. options.FloatNodes.Order(StringComparer.Ordinal)];
        return _work.Get("bias", key, () =>
        {
            var model = Network.Open();
            var quantized = QdqQuantizer.Quantize(model, Calibration, options);
            BiasCorrection.Apply(model, quantized.Onnx, _samples.Take(BiasSamples), null, null, stop);
            return model.Save();
        });
    }
}
