using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Quantization;

/// <summary>Where a normalisation was whose statistics went into the convolution before it: passes on what it reads.</summary>
internal sealed class FoldedNorm(string name, string input) : Layer(name, input)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs[0];

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => inputs[0];

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Identity", [Inputs[0]], Name);
}
