using EdgeVision.Compression;
using TorchSharp;

namespace EdgeVision.Trainer.Quantization;

/// <summary>Floats on the steps that 8 bits will have, and gradients as if there were no steps (Jacob et al. 2018, 1712.05877; straight-through estimator, Bengio et al. 2013, 1308.3432).</summary>
/// <remarks>
/// Values are bit for bit those of ONNX's QuantizeLinear and DequantizeLinear. Gradients pass where the value is within its range, and are 0 beyond.
/// Written as integers + (value - value): the bracket is 0 to the last bit and carries the gradient, so that no callback out of libtorch is needed.
/// Example: scale 0.02, zero point 50: 0.031 becomes 0.04, and 5 becomes 4.1 without a gradient.
/// </remarks>
internal static class FakeQuantization
{
    public static torch.Tensor OfActivations(torch.Tensor values, ActivationParameters parameters)
    {
        var (least, greatest) = (byte.MinValue - parameters.Zero, byte.MaxValue - parameters.Zero);
        var rounded = values.detach().div(parameters.Scale).round_().clamp_(least, greatest).mul_(parameters.Scale);
        if (!values.requires_grad)
        {
            return rounded;
        }

        var within = values.clamp(least * parameters.Scale, greatest * parameters.Scale);
        return rounded + (within - within.detach());
    }

    /// <summary>Symmetric, in 127 steps to the greatest magnitude, so that none is beyond.</summary>
    /// <param name="weights">The channel that is given is the first length.</param>
    public static torch.Tensor OfWeights(torch.Tensor weights, WeightScaling scaling)
    {
        var plain = weights.detach();
        var magnitudes = plain.abs();
        var greatest = scaling == WeightScaling.PerTensor ? magnitudes.max() : magnitudes.flatten(1).amax([1]).view([-1, .. Enumerable.Repeat(1L, (int)weights.dim() - 1)]);
        var scale = greatest.clamp_min(WeightScales.LeastRange).div_(WeightScales.Steps);
        var rounded = plain.div(scale).round_().clamp_(-WeightScales.Steps, WeightScales.Steps).mul_(scale);
        return weights.requires_grad ? rounded + (weights - plain) : rounded;
    }
}
