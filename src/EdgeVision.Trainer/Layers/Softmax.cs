using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>A row of logits as probabilities that sum to 1.</summary>
internal sealed class Softmax(string name, string input) : Layer(name, input)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs[0].IsRow ? inputs[0] : throw Misfit($"needs a row, its input is {inputs[0]}");

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => inputs[0].softmax(1);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Softmax", [Inputs[0]], Name, OnnxNode.Int("axis", 1));
}
