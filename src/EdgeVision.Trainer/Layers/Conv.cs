using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Convolution: weight [filters, channels / groups, kernel, kernel], and a bias [filters] unless a BatchNorm follows. As many groups as channels is a depthwise convolution.</summary>
/// <param name="feedsRelu">Whether an activation follows, which halves the variance.</param>
/// <param name="biasStart">What the bias begins as: for a logit of which it is known beforehand how seldom it is high.</param>
internal sealed class Conv(string name, string input, int filters, Window window, int groups = 1, bool bias = true, bool feedsRelu = true, float biasStart = 0) : WindowLayer(name, input, window)
{
    public int Filters { get; } = filters;

    public int Groups { get; } = groups;

    /// <summary>With as many filters; a depthwise convolution stays one.</summary>
    public Conv WithFilters(int count) => new(Name, Inputs[0], count, Window, Groups > 1 && Groups == Filters ? count : Groups, bias, feedsRelu);

    public Conv WithBias() => new(Name, Inputs[0], Filters, Window, Groups, bias: true, feedsRelu);

    public override IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs)
    {
        var weight = ParameterSpec.Weight("weight", JoinedOf(inputs[0]), feedsRelu ? 2 : 1, Filters, inputs[0].Channels / Groups, Window.Kernel, Window.Kernel);
        return bias ? [weight, ParameterSpec.Constant("bias", biasStart, Filters)] : [weight];
    }

    public override long MacsFor(IReadOnlyList<LayerShape> inputs) => (long)ShapeFor(inputs).Count * JoinedOf(inputs[0]);

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.conv2d(inputs[0], weights[0], bias ? weights[1] : null, Window.Strides, Window.Paddings, Window.Dilations, Groups);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("Conv", [Inputs[0], .. weights], Name,
        OnnxNode.Ints("kernel_shape", Window.Kernels), OnnxNode.Ints("strides", Window.Strides), OnnxNode.Ints("pads", Window.Pads), OnnxNode.Ints("dilations", Window.Dilations), OnnxNode.Int("group", Groups));

    protected override int ChannelsFor(int channels) =>
        channels % Groups == 0 && Filters % Groups == 0 ? Filters : throw Misfit($"{channels} channels and {Filters} filters cannot be parted into {Groups} groups");

    private int JoinedOf(LayerShape input) => input.Channels / Groups * Window.Kernel * Window.Kernel;
}
