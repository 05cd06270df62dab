using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Steps of features, one after the other, to the memory after the last: a gated recurrent unit (Cho et al. 2014, 1406.1078) as libtorch and cuDNN have it.</summary>
/// <remarks>
/// In: a map [1, steps, features]. Out: a row of <paramref name="units"/>. Gates in ONNX's order, z (how much is kept), r, h: z = s(Wz x + Rz m + b), r = s(Wr x + Rr m + b),
/// h = tanh(Wh x + bw + r * (Rh m + br)), m = (1 - z) h + z m. Weights: weight [1, 3 units, features], recurrent [1, 3 units, units], bias [1, 6 units], b of W before b of R.
/// </remarks>
internal sealed class Gru(string name, string input, int units) : Layer(name, input)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs[0] is { IsMap: true, Channels: 1 } ? LayerShape.Row(units)
        : throw Misfit($"reads steps of features, a map [1, steps, features]; its input is {inputs[0]}. Pictures are read as their rows, if they are grey");

    public override IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs) =>
    [
        ParameterSpec.Weight("weight", inputs[0].Width, 1, 1, 3 * units, inputs[0].Width), ParameterSpec.Weight("recurrent", units, 1, 1, 3 * units, units), ParameterSpec.Constant("bias", 0, 1, 6 * units),
    ];

    public override long MacsFor(IReadOnlyList<LayerShape> inputs) => inputs[0].Height * 3L * units * (inputs[0].Width + units);

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training)
    {
        var (weight, recurrent, biases) = (weights[0].squeeze(0), weights[1].squeeze(0), weights[2].view(2, 3 * units));
        var steps = torch.nn.functional.linear(inputs[0].squeeze(1), weight, biases[0]).unbind(1); // all steps in one product
        var memory = torch.zeros(inputs[0].shape[0], units);
        foreach (var step in steps)
        {
            var seen = step.chunk(3, 1);
            var known = torch.nn.functional.linear(memory, recurrent, biases[1]).chunk(3, 1);
            var kept = (seen[0] + known[0]).sigmoid();
            var fresh = (seen[2] + (seen[1] + known[1]).sigmoid() * known[2]).tanh();
            memory = fresh + kept * (memory - fresh);
        }

        return memory;
    }

    // ONNX wants the steps first and the batch second; what stands between is the one direction.
    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights)
    {
        onnx.Add("Transpose", [Inputs[0]], $"{Name}.ordered", OnnxNode.Ints("perm", 2, 0, 1, 3));
        onnx.Add("Squeeze", [$"{Name}.ordered", onnx.Integers($"{Name}.channel", 2)], $"{Name}.steps");
        onnx.Add("GRU", [$"{Name}.steps", .. weights], ["", $"{Name}.last"], OnnxNode.Int("hidden_size", units), OnnxNode.Int("linear_before_reset", 1));
        onnx.Add("Squeeze", [$"{Name}.last", onnx.Integers($"{Name}.direction", 0)], Name);
    }
}
