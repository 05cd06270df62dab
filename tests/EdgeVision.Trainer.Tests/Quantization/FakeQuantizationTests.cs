using EdgeVision.Compression;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Torch;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Quantization;

public class FakeQuantizationTests
{
    [Theory]
    [InlineData(-1, 4.1f)]
    [InlineData(0, 6)]
    [InlineData(-0.013f, 0.0171f)]
    public void OfActivations_AnyValues_AreOnnxRuntimesToTheBit(float least, float greatest)
    {
        TorchRuntime.Start(1);
        var parameters = ActivationParameters.Of(new ValueRange(least, greatest), QuantizationForm.CpuU8S8);
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? (random.NextSingle() * 1.4f - 0.2f) * (greatest - least) + least : (i % 600 - 300 + 0.5f) * parameters.Scale)];

        using var scope = torch.NewDisposeScope();
        Assert.Equal(InOnnxRuntime(values, parameters), FakeQuantization.OfActivations(torch.tensor(values, requires_grad: true), parameters).data<float>().ToArray());
    }

    [Fact]
    public void OfActivations_Gradient_PassesWithinTheRangeAlone()
    {
        TorchRuntime.Start(1);
        using var scope = torch.NewDisposeScope();
        var values = torch.tensor(new[] { -1.2f, -0.9f, 0.031f, 4, 5 }, requires_grad: true);

        var rounded = FakeQuantization.OfActivations(values, new ActivationParameters(0.02f, 50, false)); // -1 to 4.1
        (rounded * torch.tensor(new[] { 1f, 2, 3, 4, 5 })).sum().backward();

        Assert.Equal([-1, -0.9f, 0.04f, 4, 4.1f], rounded.data<float>().ToArray(), (left, right) => MathF.Abs(left - right) < 1e-6f);
        Assert.Equal([0, 2, 3, 4, 0], values.grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OfWeights_AnyValues_AreThoseThatAreWritten(bool perTensor)
    {
        TorchRuntime.Start(1);
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 6 * 9).Select(i => (random.NextSingle() - 0.5f) * MathF.Pow(10, i / 9 - 3))];
        Func<int, int> channelOf = index => perTensor ? 0 : index / 9;
        var scales = WeightScales.Of(values, perTensor ? 1 : 6, channelOf);
        var steps = WeightScales.Quantize(values, scales, channelOf);

        using var scope = torch.NewDisposeScope();
        var weights = torch.tensor(values, [6, 1, 3, 3], requires_grad: true);
        var rounded = FakeQuantization.OfWeights(weights, perTensor ? WeightScaling.PerTensor : WeightScaling.PerChannel);
        rounded.sum().backward();

        Assert.Equal(steps.Select((step, i) => step * scales[channelOf(i)]), rounded.data<float>().ToArray());
        Assert.All(weights.grad!.data<float>().ToArray(), gradient => Assert.Equal(1, gradient));
    }

    private static float[] InOnnxRuntime(float[] values, ActivationParameters parameters)
    {
        var model = OnnxModel.New("rounded", 17);
        model.Graph.AddInput("x", [values.Length]);
        model.Graph.SetInitializer(OnnxTensor.Of("scale", [], [parameters.Scale]));
        model.Graph.SetInitializer(OnnxTensor.Of("zero", [], [(byte)parameters.Zero]));
        model.Graph.Insert(OnnxNode.Of("QuantizeLinear", ["x", "scale", "zero"], ["q"]), OnnxNode.Of("DequantizeLinear", ["q", "scale", "zero"], ["y"]));
        model.Graph.AddOutput("y", [values.Length]);
        using var network = TensorNetwork.Open(model.Save(), "rounded");
        return network.Run(new Dictionary<string, NetworkTensor> { ["x"] = NetworkTensor.Of([values.Length], values) }).Single().Value.Floats.ToArray();
    }
}
