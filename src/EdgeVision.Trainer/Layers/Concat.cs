using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>The channels of several maps of one size behind each other.</summary>
internal sealed class Concat(string name, params string[] inputs) : Layer(name, inputs)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs.All(input => input with { Channels = inputs[0].Channels } == inputs[0])
        ? inputs[0] with { Channels = inputs.Sum(input => input.Channels) }
        : throw Misfit($"joins {string.Join(", ", inputs)}, which differ in more than channels");

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => torch.cat([.. inputs], 1);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Concat", Inputs, Name, OnnxNode.Int("axis", 1));
}
