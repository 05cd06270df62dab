using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>The mean under the window; padding counts as zeros, which ONNX does not do unless it is told.</summary>
internal sealed class AveragePool(string name, string input, Window window) : WindowLayer(name, input, window)
{
    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => Window.Dilation == 1 ? base.ShapeFor(inputs) : throw Misfit("an average has no dilation");

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.avg_pool2d(inputs[0], Window.Kernels, Window.Strides, Window.Paddings, count_include_pad: true);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("AveragePool", [Inputs[0]], Name,
        OnnxNode.Ints("kernel_shape", Window.Kernels), OnnxNode.Ints("strides", Window.Strides), OnnxNode.Ints("pads", Window.Pads), OnnxNode.Int("count_include_pad", 1));
}
