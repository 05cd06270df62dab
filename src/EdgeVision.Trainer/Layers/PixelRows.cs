using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>The pixels of several maps of as many channels as one table: a row for each pixel, map after map, line after line.</summary>
/// <remarks>Example: [7, 4, 4] and [7, 2, 2] are [20, 7]; row 17 is the pixel (1, 0) of the second.</remarks>
internal sealed class PixelRows(string name, params string[] inputs) : Layer(name, inputs)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs.All(input => RequireMap(input).Channels == inputs[0].Channels)
        ? LayerShape.Table(inputs.Sum(input => input.Height * input.Width), inputs[0].Channels)
        : throw Misfit($"lines up {string.Join(", ", inputs)}, which differ in channels");

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.cat([.. inputs.Select(input => input.flatten(2))], 2).transpose(1, 2).contiguous();

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights)
    {
        var shape = onnx.Integers($"{Name}.shape", 0, 0, -1); // 0: as it is, -1: what is left
        foreach (var (input, index) in Inputs.Select((input, index) => (input, index)))
        {
            onnx.Add("Reshape", [input, shape], $"{Name}.flat{index}");
        }

        onnx.Add("Concat", Inputs.Select((_, index) => $"{Name}.flat{index}"), $"{Name}.columns", OnnxNode.Int("axis", 2));
        onnx.Add("Transpose", [$"{Name}.columns"], Name, OnnxNode.Ints("perm", 0, 2, 1));
    }
}
