using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Two values of one shape, summed: the end of a residual branch.</summary>
internal sealed class Add(string name, string left, string right) : Layer(name, left, right)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) =>
        inputs[0] == inputs[1] ? inputs[0] : throw Misfit($"adds {inputs[0]} and {inputs[1]}, which differ");

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => inputs[0] + inputs[1];

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Add", Inputs, Name);
}
