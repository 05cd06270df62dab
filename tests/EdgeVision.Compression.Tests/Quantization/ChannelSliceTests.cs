using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class ChannelSliceTests
{
    [Fact]
    public void ChannelShuffle_OfShuffleNet_IsSlicesThatGiveTheSame()
    {
        var model = CleanupNetworks.Of(
            [1, 6, 2, 2],
            [
                OnnxNode.Of("Reshape", ["x", "three"], ["a"]),
                OnnxNode.Of("Transpose", ["a"], ["b"], OnnxNode.Ints("perm", 1, 0, 2)),
                OnnxNode.Of("Reshape", ["b", "five"], ["c"]),
                OnnxNode.Of("Gather", ["c", "one"], ["odd"], OnnxNode.Int("axis", 0)),
                OnnxNode.Of("Gather", ["c", "none"], ["even"], OnnxNode.Int("axis", 0)),
                OnnxNode.Of("Concat", ["odd", "even"], ["y"], OnnxNode.Int("axis", 1)),
            ],
            CleanupNetworks.Longs("three", 3, 2, 4), CleanupNetworks.Longs("five", 2, -1, 3, 2, 2), OnnxTensor.Of("one", [], [1L]), OnnxTensor.Of("none", [], [0L]));
        var expected = Run(model, [1, 6, 2, 2]);

        ChannelShuffle.Apply(model.Graph);

        Assert.Equal(["Slice", "Slice", "Concat"], model.Graph.TopologicalOrder().Select(node => node.OpType));
        Assert.Equal(expected, Run(model, [1, 6, 2, 2]));
    }

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
        using var network = TensorNetwork.Open(model.Save(), "slices");
        var input = NetworkTensor.Of(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(i => (float)(i * 37 % 101))]);
        return network.Run(new Dictionary<string, NetworkTensor> { ["x"] = input })["y"].Floats.ToArray();
    }
}
