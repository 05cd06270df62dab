using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Every pixel becomes a square of <paramref name="factor"/> by <paramref name="factor"/> like it.</summary>
internal sealed class Upsample(string name, string input, int factor) : Layer(name, input)
{
    private readonly double[] _scales = [factor, factor];

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs)
    {
        var map = RequireMap(inputs[0]);
        return map with { Height = map.Height * factor, Width = map.Width * factor };
    }

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.interpolate(inputs[0], scale_factor: _scales, mode: torch.InterpolationMode.Nearest);

    // ONNX has many nearest pixels; this is libtorch's: floor(x / factor).
    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Resize", [Inputs[0], "", onnx.Constant($"{Name}.scales", [4], [1, 1, factor, factor])], Name,
        OnnxNode.Text("mode", "nearest"), OnnxNode.Text("coordinate_transformation_mode", "asymmetric"), OnnxNode.Text("nearest_mode", "floor"));
}
