using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>The greatest value of each channel, as a map of one pixel.</summary>
internal sealed class GlobalMaxPool(string name, string input) : Layer(name, input)
{
    private static readonly long[] Area = [2, 3];

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => LayerShape.Map(RequireMap(inputs[0]).Channels, 1, 1);

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => inputs[0].amax(Area, keepdim: true);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("GlobalMaxPool", [Inputs[0]], Name);
}
