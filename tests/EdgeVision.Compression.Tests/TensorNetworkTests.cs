using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Planted;

namespace EdgeVision.Compression.Tests;

public sealed class TensorNetworkTests
{
    [Fact]
    public void TensorNetwork_RealModel_GivesTheOutputsOfTheRunnerOfTheTests()
    {
        var onnx = File.ReadAllBytes(TestData.Require("models/mnist_cnn/mnist.onnx"));
        var picture = Enumerable.Range(0, 784).Select(i => (float)(i % 256)).ToArray();
        using var network = TensorNetwork.Open(onnx, "mnist.onnx");
        using var reference = new NetworkRunner(onnx);

        var outputs = network.Run(new Dictionary<string, NetworkTensor> { ["Input3"] = NetworkTensor.Of([1, 1, 28, 28], picture) });

        Assert.Equal(reference.Run(picture)["Plus214_Output_0"], outputs["Plus214_Output_0"].Floats.ToArray());
    }

    [Fact]
    public void TensorNetwork_Optimized_IsAnOnnxModelAgain()
    {
        var onnx = File.ReadAllBytes(TestData.Require("models/yolox_nano/yolox_nano.onnx"));

        var optimized = OnnxModel.Load(TensorNetwork.Optimize(onnx, "yolox_nano.onnx"), "optimized");

        Assert.Contains(optimized.Graph.Nodes, node => node.Domain == "com.microsoft.nchwc");
    }
}
