using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class PoolingOverChannelsTests
{
    [Fact]
    public void PoolingOverChannels_OfLprNet_IsASliceAndAPoolingThatGiveTheSame()
    {
        var model = CleanupNetworks.Of(
            [1, 5, 6, 6],
            [
                OnnxNode.Of("Unsqueeze", ["x", "axis"], ["a"]),
                OnnxNode.Of("MaxPool", ["a"], ["b"], OnnxNode.Ints("kernel_shape", 1, 3, 3), OnnxNode.Ints("strides", 2, 1, 2)),
                OnnxNode.Of("Squeeze", ["b", "axis"], ["y"]),
            ],
            CleanupNetworks.Longs("axis", 1));
        var expected = Run(model, [1, 5, 6, 6]);

        PoolingOverChannels.Apply(model.Graph);

        Assert.Equal(["Slice", "MaxPool"], model.Graph.TopologicalOrder().Select(node => node.OpType));
        Assert.Equal(expected, Run(model, [1, 5, 6, 6]));
    }

    private static float[] Run(OnnxModel model, long[] shape)
    {
        using var network = TensorNetwork.Open(model.Save(), "pooling");
        var input = NetworkTensor.Of(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(i => (float)(i * 37 % 101))]);
        return network.Run(new Dictionary<string, NetworkTensor> { ["x"] = input })["y"].Floats.ToArray();
    }
}
