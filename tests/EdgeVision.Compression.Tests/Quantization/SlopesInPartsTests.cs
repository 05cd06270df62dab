using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class SlopesInPartsTests
{
    [Fact]
    public void Apply_SlopePerChannel_GivesTheSameNumbers()
    {
        var model = CleanupNetworks.Of([1, 3, 1, 2], [OnnxNode.Of("PRelu", ["x", "a"], ["y"])], OnnxTensor.Of("a", [3, 1, 1], [0.25f, -0.5f, 2f]));

        SlopesInParts.Apply(model.Graph);

        Assert.DoesNotContain(model.Graph.Nodes, node => node.OpType == "PRelu");
        using var network = TensorNetwork.Open(model.Save(), "slopes");
        var output = network.Run(new Dictionary<string, NetworkTensor> { ["x"] = NetworkTensor.Of([1, 3, 1, 2], [2, -2, 4, -4, 3, -3]) })["y"];
        Assert.Equal([2, -0.5f, 4, 2, 3, -6], output.Floats.ToArray());
    }

    [Fact]
    public void Apply_SteepSlope_StaysAsItIs()
    {
        var model = CleanupNetworks.Of([1, 1, 1, 2], [OnnxNode.Of("PRelu", ["x", "a"], ["y"])], OnnxTensor.Of("a", [1, 1, 1], [1e6f]));

        SlopesInParts.Apply(model.Graph);

        Assert.Equal("PRelu", Assert.Single(model.Graph.Nodes).OpType);
    }

    [Fact]
    public void Quantize_EspNet_NoPReluAndNothingLessJoined()
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/espnetv2_seg/espnetv2_s_1.0_pascal_256x256.onnx")), "espnetv2");
        GraphCleanup.Apply(model);
        var ranges = QdqQuantizer.ValuesToCalibrate(model, new QuantizationOptions()).ToDictionary(value => value, _ => new ValueRange(-1, 1));

        var quantized = QdqQuantizer.Quantize(model, CalibrationData.OfRanges(ranges), new QuantizationOptions());

        Assert.DoesNotContain(OnnxModel.Load(quantized.Onnx, "espnetv2").Graph.Nodes, node => node.OpType == "PRelu");
        Assert.Empty(FusionCheck.Check(quantized, "espnetv2").Differences);
    }
}
