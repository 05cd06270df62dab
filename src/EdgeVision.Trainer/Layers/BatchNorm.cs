using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Each channel brought to mean 0 and variance 1, then scaled and shifted by what is learnt (Ioffe and Szegedy 2015, 1502.03167).</summary>
/// <remarks>While it trains, by the batch's own figures, of which running means are kept (a tenth new each step); afterwards by those.</remarks>
/// <param name="startsAtZero">The last of a residual branch begins as nothing, so that the network begins as a shallow one (Goyal et al. 2017, 1706.02677).</param>
internal sealed class BatchNorm(string name, string input, bool startsAtZero = false) : Layer(name, input)
{
    public const float Epsilon = 1e-5f;

    private const double Momentum = 0.1;

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => RequireMap(inputs[0]);

    public override IReadOnlyList<ParameterSpec> ParametersFor(IReadOnlyList<LayerShape> inputs) =>
    [
        ParameterSpec.Constant("weight", startsAtZero ? 0 : 1, inputs[0].Channels), ParameterSpec.Constant("bias", 0, inputs[0].Channels),
        ParameterSpec.Statistic("running_mean", 0, inputs[0].Channels), ParameterSpec.Statistic("running_var", 1, inputs[0].Channels),
    ];

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) =>
        torch.nn.functional.batch_norm(inputs[0], weights[2], weights[3], weights[0], weights[1], training, Momentum, Epsilon);

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights) => onnx.Add("BatchNormalization", [Inputs[0], .. weights], Name, OnnxNode.Float("epsilon", Epsilon));
}
