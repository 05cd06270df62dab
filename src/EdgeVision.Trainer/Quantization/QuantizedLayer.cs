using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Quantization;

/// <summary>A layer that computes as in 8 bits: with rounded weights, and what it gives rounded too; in ONNX it is the layer in floats, because the quantizer writes the integers.</summary>
/// <remarks>Ranges are statistics among the layer's own: kept in checkpoints, taken over by means of weights. Biases stay in floats, because a step of theirs is a step of the sum of products: hundreds of times finer than one of the value.</remarks>
/// <param name="weights">Null = not rounded.</param>
/// <param name="roundsInput">The network's input is rounded here, because no layer gives it.</param>
/// <param name="roundsValue">Whether the value becomes integers here.</param>
/// <param name="batches">That ranges are observed over.</param>
internal sealed class QuantizedLayer(Layer inner, WeightScaling? weights, bool roundsInput, bool roundsValue, int batches) : Layer(inner.Name, [.. inner.Inputs])
{
    /// <summary>Of the statistics that hold ranges.</summary>
    public const string Range = "range", InputRange = "input_range";

    private int Ranges => (roundsInput ? 1 : 0) + (roundsValue ? 1 : 0);

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inner.ShapeFor(inputs);

    public override long MacsFor(IReadOnlyList<LayerShape> inputs) => inner.MacsFor(inputs);

    public override IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs)
    {
        List<ParameterSpec> all = [.. inner.ParametersFor(inputs)];
        if (roundsInput)
        {
            all.Add(ParameterSpec.Statistic(InputRange, 0, ObservedRange.Length));
        }

        if (roundsValue)
        {
            all.Add(ParameterSpec.Statistic(Range, 0, ObservedRange.Length));
        }

        return all;
    }

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> parameters, bool training)
    {
        torch.Tensor[] own = [.. parameters.SkipLast(Ranges)];
        if (weights is { } scaling)
        {
            own[0] = FakeQuantization.OfWeights(own[0], scaling);
        }

        if (roundsInput)
        {
            inputs = [.. inputs.Select((value, i) => Inputs[i] == LayerGraph.Input ? Rounded(value, parameters[own.Length], training) : value)];
        }

        var value = inner.Forward(inputs, own, training);
        return roundsValue ? Rounded(value, parameters[^1], training) : value;
    }

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> parameters) => inner.Emit(onnx, [.. parameters.SkipLast(Ranges)]);

    private torch.Tensor Rounded(torch.Tensor value, torch.Tensor range, bool training)
    {
        if (training)
        {
            ObservedRange.Observe(range, value.detach(), batches);
        }

        return FakeQuantization.OfActivations(value, ObservedRange.Of(range));
    }
}
