using EdgeVision.Inference;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Tests.Layers;
using TorchSharp;
using static EdgeVision.Trainer.Layers.LayerGraph;

namespace EdgeVision.Trainer.Tests.Quantization;

public class QuantizedGraphTests
{
    private const int Pictures = 16;
    private static readonly LayerShape Size = LayerShape.Map(1, 12, 12);

    private static readonly Dictionary<string, Func<LayerGraph>> Cases = new()
    {
        ["founding"] = () => ArchitectureCatalog.Build("founding", new ArchitectureOptions { Classes = 4, Input = LayerShape.Map(1, 28, 28), Width = 0.25 }),
        ["residual"] = () => ArchitectureCatalog.Build("resnet8", new ArchitectureOptions { Classes = 4, Input = Size, Width = 0.5 }),
        ["depthwise"] = () => ArchitectureCatalog.Build("mobilenet", new ArchitectureOptions { Classes = 4, Input = Size, Width = 0.5, Activation = ActivationKind.Relu6 }),
        ["joined"] = () => new LayerGraph("joined", Size,
        [
            new Conv("a", Input, 8, Window.Same(3)), new Activation("aa", "a", ActivationKind.Relu), new Conv("b", "aa", 8, Window.Same(3, 2)), new Activation("bb", "b", ActivationKind.LeakyRelu),
            new Upsample("up", "bb", 2), new Concat("join", "up", "aa"), new Conv("c", "join", 8, Window.Same(3)), new Dropout("drop", "c", 0.1), new AveragePool("pool", "drop", new Window(2, 2)),
            new Flatten("flat", "pool"), new Linear("dense", "flat", 4, feedsRelu: false),
        ]),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Export_NetworkWithItsRanges_AnswersInOnnxRuntimeAsTheRoundedOne(string name)
    {
        using var network = ExportCheck.Trained(Cases[name](), seed: 5);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var rounded = new Network(QuantizedGraph.Of(network.Graph, WeightScaling.PerTensor, batches: 3), seed: 0);
        using var folded = new Network(NormFolding.Of(network.Graph), seed: 0);
        foreach (var other in new[] { rounded, folded })
        {
            NormFolding.Copy(network, other);
            WithoutBiases(other);
        }

        var pictures = Noise(network.Graph.InputShape);
        for (var i = 0; i < 4; i++)
        {
            rounded.Forward(pictures, training: true);
        }

        var expected = rounded.Forward(pictures, training: false);
        var floats = folded.Forward(pictures, training: false);
        var answered = Answers(QuantizedGraph.Export(rounded, WeightScaling.PerTensor), pictures);

        // 8 bits cost something, and all that they cost was there while it was trained, but for a sum that falls on the other side of half a step.
        var lost = (floats - expected).norm().item<float>();
        Assert.InRange(lost / floats.norm().item<float>(), 1e-4, 0.5);
        Assert.InRange((answered - expected).norm().item<float>(), 0, 0.05 * lost);
    }

    [Fact]
    public void Copy_NormalisedNetwork_FoldedAnswersTheSame()
    {
        using var network = ExportCheck.Trained(Cases["depthwise"](), seed: 5);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var folded = new Network(NormFolding.Of(network.Graph), seed: 0);
        NormFolding.Copy(network, folded);
        var pictures = Noise(Size);
        var expected = network.Forward(pictures, training: false);

        Assert.InRange(((folded.Forward(pictures, training: true) - expected).abs().max() / expected.abs().max()).item<float>(), 0, 1e-5);
    }

    [Theory]
    [InlineData("silu", "is in 8 bits within a layer")]
    [InlineData("norm", "normalises what no convolution gives")]
    public void Of_NetworkThatCannotBeRounded_SaysWhy(string name, string message)
    {
        Layer[] layers = name == "silu"
            ? [new Conv("a", Input, 4, Window.Same(3)), new Activation("s", "a", ActivationKind.Silu), new Conv("b", "s", 4, Window.Same(3)), new Activation("r", "b", ActivationKind.Relu), new Conv("c", "r", 4, Window.Same(3))]
            : [new BatchNorm("n", Input), new Conv("a", "n", 4, Window.Same(3))];

        Assert.Contains(message, Assert.Throws<TrainerException>(() => QuantizedGraph.Of(ExportCheck.Trained(new LayerGraph("bad", LayerShape.Map(4, 32, 32), layers), 1).Graph, WeightScaling.PerChannel, 1)).Message, StringComparison.Ordinal);
    }

    // Because their steps are not trained with, and what they move over half a step of a value shows here.
    private static void WithoutBiases(Network network)
    {
        foreach (var parameter in network.Graph.Parameters.Where(parameter => parameter.Spec.Name == "bias"))
        {
            network.Write(parameter.Name, new float[parameter.Spec.Count]);
        }
    }

    private static torch.Tensor Noise(LayerShape shape)
    {
        var random = new Random(3);
        return torch.tensor(Enumerable.Range(0, Pictures * shape.Count).Select(_ => random.NextSingle() * 2 - 1).ToArray(), shape.WithBatch(Pictures));
    }

    private static torch.Tensor Answers(byte[] onnx, torch.Tensor pictures)
    {
        using var runtime = TensorNetwork.Open(onnx, "int8");
        return torch.cat([.. Enumerable.Range(0, Pictures).Select(i =>
        {
            var picture = pictures.narrow(0, i, 1);
            var answer = runtime.Run(new Dictionary<string, NetworkTensor> { [Input] = NetworkTensor.Of(picture.shape, picture.data<float>().ToArray()) }).Single().Value;
            return torch.tensor(answer.Floats.ToArray(), answer.Shape);
        })]);
    }
}
