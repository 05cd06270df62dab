using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>A map as one row, channel after channel.</summary>
internal sealed class Flatten(string name, string input) : Layer(name, input)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => LayerShape.Row(inputs[0].Count);

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => inputs[0].flatten(1);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Flatten", [Inputs[0]], Name, OnnxNode.Int("axis", 1));
}
