using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Every feature joined with every feature of the row before: weight [features, features before], bias [features].</summary>
/// <param name="feedsRelu">Whether a ReLU follows, which halves the variance; the last layer has none.</param>
internal sealed class Linear(string name, string input, int features, bool feedsRelu = true) : Layer(name, input)
{
    public Linear WithFeatures(int count) => new(Name, Inputs[0], count, feedsRelu);

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) =>
        inputs[0].IsRow ? LayerShape.Row(features) : throw Misfit($"needs a row, its input is {inputs[0]}: put Flatten before it");

    public override IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs) =>
        [ParameterSpec.Weight("weight", inputs[0].Count, feedsRelu ? 2 : 1, features, inputs[0].Count), ParameterSpec.Constant("bias", 0, features)];

    public override long MacsFor(IReadOnlyList<LayerShape> inputs) => (long)inputs[0].Count * features;

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.linear(inputs[0], weights[0], weights[1]);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Gemm", [Inputs[0], .. weights], Name, OnnxNode.Int("transB", 1));
}
