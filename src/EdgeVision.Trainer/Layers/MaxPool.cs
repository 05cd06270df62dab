using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>The greatest value under the window; padding counts as less than any.</summary>
internal sealed class MaxPool(string name, string input, Window window) : WindowLayer(name, input, window)
{
    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.max_pool2d(inputs[0], Window.Kernels, Window.Strides, Window.Paddings, Window.Dilations);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("MaxPool", [Inputs[0]], Name,
        OnnxNode.Ints("kernel_shape", Window.Kernels), OnnxNode.Ints("strides", Window.Strides), OnnxNode.Ints("pads", Window.Pads), OnnxNode.Ints("dilations", Window.Dilations));
}
