using EdgeVision.Onnx;
using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Each value by itself through a function that is no straight line.</summary>
internal sealed class Activation(string name, string input, ActivationKind kind) : Layer(name, input)
{
    private const float LeakySlope = 0.1f;

    public ActivationKind Kind { get; } = kind;

    public override LayerShape ShapeFor(IReadOnlyList<LayerShape> inputs) => inputs[0];

    public override torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> weights, bool training) => Kind switch
    {
        ActivationKind.Relu => inputs[0].relu(),
        ActivationKind.Relu6 => inputs[0].relu6(),
        ActivationKind.LeakyRelu => torch.nn.functional.leaky_relu(inputs[0], LeakySlope),
        ActivationKind.Silu => torch.nn.functional.silu(inputs[0]),
        ActivationKind.HardSwish => torch.nn.functional.hardswish(inputs[0]),
        ActivationKind.Square => inputs[0].square(),
        _ => inputs[0].sigmoid(),
    };

    public override void Emit(OnnxEmission onnx, IReadOnlyList<string> weights)
    {
        switch (Kind)
        {
            case ActivationKind.Relu6:
                onnx.Add("Clip", [Inputs[0], onnx.Constant($"{Name}.min", [], [0]), onnx.Constant($"{Name}.max", [], [6])], Name);
                break;
            case ActivationKind.LeakyRelu:
                onnx.Add("LeakyRelu", [Inputs[0]], Name, OnnxNode.Float("alpha", LeakySlope));
                break;
            case ActivationKind.Silu:
                onnx.Add("Sigmoid", [Inputs[0]], $"{Name}.gate");
                onnx.Add("Mul", [Inputs[0], $"{Name}.gate"], Name);
                break;
            case ActivationKind.Square:
                onnx.Add("Mul", [Inputs[0], Inputs[0]], Name);
                break;
            default:
                onnx.Add(Kind switch { ActivationKind.Relu => "Relu", ActivationKind.HardSwish => "HardSwish", _ => "Sigmoid" }, [Inputs[0]], Name);
                break;
        }
    }
}
