using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>While it trains, a share of the values is made 0 and the rest raised to make up for it (Srivastava et al. 2014); afterwards nothing, and nothing in ONNX.</summary>
internal sealed class Dropout(string name, string input, double share) : Layer(name, input)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs[0];

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => torch.nn.functional.dropout(inputs[0], share, training);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Identity", [Inputs[0]], Name);
}
