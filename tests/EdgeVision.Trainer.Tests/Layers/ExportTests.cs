using EdgeVision.Onnx;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Tests.Layers;

public class ExportTests
{
    private const float Bar = 1e-5f;

    private static readonly Dictionary<string, Func<Layer[]>> Cases = new()
    {
        ["conv"] = () => [new Conv("x", Input, 6, new Window(3))],
        ["conv strided, padded, even size"] = () => [new Conv("x", Input, 6, Window.Same(3, 2), bias: false)],
        ["conv 5x5 dilated"] = () => [new Conv("x", Input, 5, new Window(5, Padding: 4, Dilation: 2))],
        ["conv grouped"] = () => [new Conv("x", Input, 8, Window.Same(3), groups: 2)],
        ["conv depthwise"] = () => [new Conv("x", Input, 4, Window.Same(3, 2), groups: 4)],
        ["norm"] = () => [new BatchNorm("x", Input)],
        ["conv norm"] = () => [new Conv("c", Input, 6, Window.Same(3), bias: false), new BatchNorm("x", "c")],
        ["relu"] = () => [new Activation("x", Input, ActivationKind.Relu)],
        ["relu6"] = () => [new Activation("x", Input, ActivationKind.Relu6)],
        ["leaky relu"] = () => [new Activation("x", Input, ActivationKind.LeakyRelu)],
        ["silu"] = () => [new Activation("x", Input, ActivationKind.Silu)],
        ["hard swish"] = () => [new Activation("x", Input, ActivationKind.HardSwish)],
        ["square"] = () => [new Activation("x", Input, ActivationKind.Sigmoid), new Activation("y", "x", ActivationKind.Square)],
        ["sigmoid"] = () => [new Activation("x", Input, ActivationKind.Sigmoid)],
        ["max pool"] = () => [new MaxPool("x", Input, new Window(2, Stride: 2))],
        ["max pool padded, all below 0"] = () => [new Conv("c", Input, 4, new Window(1)), new Activation("s", "c", ActivationKind.Sigmoid), new Conv("n", "s", 4, new Window(1)), new MaxPool("x", "n", Window.Same(3, 2))],
        ["average pool padded"] = () => [new AveragePool("x", Input, Window.Same(3, 2))],
        ["global max"] = () => [new GlobalMaxPool("x", Input)],
        ["global average"] = () => [new GlobalAveragePool("x", Input)],
        ["add"] = () => [new Conv("c", Input, 4, Window.Same(3)), new Add("x", "c", Input)],
        ["concat"] = () => [new Conv("c", Input, 3, Window.Same(3)), new Concat("x", "c", Input)],
        ["upsample"] = () => [new Upsample("x", Input, 2)],
        ["flatten, linear"] = () => [new Flatten("f", Input), new Linear("x", "f", 7)],
        ["pixel rows"] = () => [new Conv("c", Input, 4, Window.Same(3, 2)), new PixelRows("x", Input, "c")],
        ["gru"] = () => [new Conv("c", Input, 1, new Window(1)), new Gru("x", "c", 6)],
        ["dropout"] = () => [new Dropout("d", Input, 0.5), new Activation("x", "d", ActivationKind.Relu)],
        ["softmax"] = () => [new Flatten("f", Input), new Linear("l", "f", 7), new Softmax("x", "l")],
    };

    // Those that do not look at digits.
    private static readonly Dictionary<string, LayerShape> Inputs = new()
    {
        ["detector"] = LayerShape.Map(3, 64, 96), ["segmenter"] = LayerShape.Map(3, 48, 32),
        ["squeezenet"] = LayerShape.Map(3, 64, 64), ["anomaly"] = LayerShape.Map(3, 64, 64),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    public static TheoryData<string> ArchitectureNames => [.. ArchitectureCatalog.Names];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Write_Layer_OnnxRuntimeAnswersAsTorch(string name)
    {
        using var network = ExportCheck.Trained(new LayerGraph("case", LayerShape.Map(4, 13, 10), Cases[name]()), seed: 3);

        Assert.InRange(ExportCheck.Difference(network, optimizationLevel: 0, reach: 8, batch: 2), 0, Bar);
        Assert.InRange(ExportCheck.Difference(network, optimizationLevel: 3, reach: 8, batch: 2), 0, Bar);
    }

    [Theory]
    [MemberData(nameof(ArchitectureNames))]
    public void Write_Architecture_OnnxRuntimeAnswersAsTorchAndCostsAreTheSame(string name)
    {
        var graph = ArchitectureCatalog.Build(name, new ArchitectureOptions { Classes = 10, Input = Inputs.GetValueOrDefault(name, LayerShape.Map(1, 28, 28)), Width = name == "resnet18" ? 0.25 : 1 });
        using var network = new Network(graph, seed: 1);

        Assert.InRange(ExportCheck.Difference(network, optimizationLevel: 0, reach: 1, batch: 1), 0, Bar);
        Assert.InRange(ExportCheck.Difference(network, optimizationLevel: 3, reach: 1, batch: 1), 0, Bar);
        var summary = ModelSummary.Of(OnnxModel.Load(OnnxExport.Write(network), name));
        Assert.Equal(summary.Macs, graph.Macs);
        Assert.Equal(summary.Parameters, graph.Parameters.Sum(parameter => parameter.Spec.Count) + 4 * graph.Layers.OfType<Upsample>().Count()); // the factors of Resize are floats
    }
}
