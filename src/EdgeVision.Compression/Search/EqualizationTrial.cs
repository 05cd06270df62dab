using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Whether equalized channels bring the 8-bit network nearer to the float one; on a healthy network they need not.</summary>
internal sealed class EqualizationTrial(WorkFolder work, NetworkTensor[] samples)
{
    // What is nearer by less is not worth rescaled weights that nobody recognises.
    private const double LeastGain = 0.5;

    public PreparedNetwork Better(PreparedNetwork plain, PreparedNetwork equalized, CancellationToken stop)
    {
        if (!equalized.IsEqualized)
        {
            return equalized;
        }

        var gain = Nearness(equalized, stop) - Nearness(plain, stop);
        return gain >= LeastGain ? equalized : plain with { Changes = [.. plain.Changes, FormattableString.Invariant($"cross-layer equalization was left out: it brings 8 bits {gain:+0.0;-0.0;0.0} dB nearer to float")] };
    }

    private double Nearness(PreparedNetwork network, CancellationToken stop)
    {
        var model = network.Open();
        var options = new QuantizationOptions();
        var calibration = Calibrator.Collect(network.Onnx, "the network", QdqQuantizer.ValuesToCalibrate(model, options), samples, null, null, stop);
        return new QuantizationGround(network, calibration, samples, work).SqnrOf(QdqQuantizer.Quantize(model, calibration, options).Onnx, stop);
    }
}
