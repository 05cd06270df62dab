using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests.Pruning;

public sealed class ChannelPrunerTests
{
    [Fact]
    public void Prune_TwoLayers_CountsMacsAndParametersByHand()
    {
        // 4x4 pixels: Conv 3 -> 8 costs 16*24 = 384, Conv 8 -> 5 costs 16*40 = 640 MACs; half the eight channels halves both. Weights 24+8+40+5 = 77, then 12+4+20+5 = 41.
        var report = ChannelPruner.Prune(Two(), new PruningOptions { Macs = 0.5 });

        Assert.Equal((1024, 512, 77, 41), (report.MacsBefore, report.MacsAfter, report.ParametersBefore, report.ParametersAfter));
        Assert.Equal([(8, 4, 384L, 192L), (5, 5, 640L, 320L)], report.Layers.Select(layer => (layer.Before, layer.After, layer.MacsBefore, layer.MacsAfter)));
    }

    [Theory]
    [InlineData(Importance.L1)]
    [InlineData(Importance.L2)]
    [InlineData(Importance.BatchNormScale)]
    public void Prune_OneWeakChannel_TakesItFirst(Importance importance)
    {
        var net = new Sketch(1, 1, 1, 4, 4);
        var weights = net.Floats([4, 1, 1, 1], 1, 1, 0.1f, 1);
        var scaled = net.Add("BatchNormalization", [net.Add("Conv", ["x", weights]), net.Floats([4], 1, 1, 0.1f, -1), net.Floats([4], 1, 2, 3, 4), net.Floats([4], 0, 0, 0, 0), net.Floats([4], 1, 1, 1, 1)]);
        var model = net.Build(net.Add("Conv", [scaled, net.Floats([2, 4, 1, 1], 1, 1, 1, 1, 1, 1, 1, 1)]));

        ChannelPruner.Prune(model, new PruningOptions { Macs = 0.75, Importance = importance, MinimumChannels = 1 });

        Assert.Equal([1f, 2f, 4f], model.Graph.Initializer(model.Graph.Nodes[1].Input[2])!.ReadFloats());
    }

    [Theory]
    [InlineData(PruningScope.Global, 0.02)]
    [InlineData(PruningScope.Uniform, 0.03)] // of 16 channels one is much in a network of four layers
    public void Prune_TargetWithoutRounding_IsMet(PruningScope scope, double tolerance)
    {
        foreach (var target in (double[])[0.9, 0.75, 0.5, 0.35])
        {
            foreach (var name in (string[])["resnet", "csp", "unet"])
            {
                Assert.InRange(ChannelPruner.Prune(Sketches.All[name](), new PruningOptions { Macs = target, Scope = scope, MinimumChannels = 1 }).Macs, target - tolerance, target + tolerance);
            }
        }
    }

    [Fact]
    public void Prune_RoundedToEight_KeepsMultiplesAndSmallLayersWhole()
    {
        var report = ChannelPruner.Prune(Sketches.All["unet"](), new PruningOptions { Macs = 0.6, RoundTo = 8 });

        Assert.All(report.Layers, layer => Assert.True(layer.After % 8 == 0 || layer.After == layer.Before));
        Assert.Equal(8, report.Layers[0].After);
        Assert.Contains(report.Layers, layer => layer.After < layer.Before);
    }

    [Fact]
    public void Prune_Twice_GivesTheSameBytes()
    {
        byte[] Pruned()
        {
            var model = Sketches.All["csp"]();
            ChannelPruner.Prune(model, new PruningOptions { Macs = 0.6 });
            return model.Save();
        }

        Assert.Equal(Pruned(), Pruned());
    }

    [Fact]
    public void Prune_ReportedMacs_AreThoseOfTheNetworkThatCameOut()
    {
        foreach (var sketch in Sketches.All.Values)
        {
            var model = sketch();
            var report = ChannelPruner.Prune(model, new PruningOptions { Macs = 0.7, MinimumChannels = 1 });

            Assert.Equal(report.MacsAfter, (long)new LayerCosts(ChannelGroups.Of(model)).Total);
        }
    }

    [Fact]
    public void Prune_OutOfReach_SaysWhatIsInReach()
    {
        // One channel of eight is the least: 1/8.
        var error = Assert.Throws<CompressionException>(() => ChannelPruner.Prune(Two(), new PruningOptions { Macs = 0.05, MinimumChannels = 1 }));

        Assert.Contains("0.13 is the least", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prune_RoundingThatLeavesEverything_SaysTheFirstStep()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Conv("x", 3, 32), 32, 5));

        var error = Assert.Throws<CompressionException>(() => ChannelPruner.Prune(model, new PruningOptions { Macs = 0.9, RoundTo = 16 }));

        Assert.Contains("the first step leaves 0.50", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prune_NothingThatCanShrink_SaysWhatHolds()
    {
        var net = new Sketch(1, 1, 3, 4, 4);

        var error = Assert.Throws<CompressionException>(() => ChannelPruner.Prune(net.Build(net.Conv("x", 3, 8)), new PruningOptions()));

        Assert.Contains("output 'Conv_2' is made of them", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prune_QuantizedModel_IsRefused()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Add("DequantizeLinear", [net.Add("QuantizeLinear", [net.Conv("x", 3, 8), net.Floats([], 1)]), net.Floats([], 1)]));

        Assert.Contains("quantized already", Assert.Throws<CompressionException>(() => ChannelPruner.Prune(model, new PruningOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prune_UnknownNodeToKeep_IsNamed() =>
        Assert.Contains("'conv9'", Assert.Throws<CompressionException>(() => ChannelPruner.Prune(Two(), new PruningOptions { Keep = new HashSet<string> { "conv9" } })).Message, StringComparison.Ordinal);

    [Fact]
    public void Prune_OpenPicture_NeedsItsLengths()
    {
        OnnxModel Open()
        {
            var model = Two();
            model.Graph.Proto.Input[0].Type.TensorType.Shape.Dim[2].DimParam = "height";
            return model;
        }

        var shapes = new Dictionary<string, IReadOnlyList<long>> { ["x"] = [1, 3, 4, 4] };
        Assert.Contains("--shape x=", Assert.Throws<CompressionException>(() => ChannelPruner.Prune(Open(), new PruningOptions())).Message, StringComparison.Ordinal);
        Assert.Equal(512, ChannelPruner.Prune(Open(), new PruningOptions { InputShapes = shapes }).MacsAfter);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1, 0)]
    public void Prune_OptionOutOfRange_IsRefused(double macs, int roundTo, int minimum) =>
        Assert.Throws<CompressionException>(() => ChannelPruner.Prune(Two(), new PruningOptions { Macs = macs, RoundTo = roundTo, MinimumChannels = minimum }));

    private static OnnxModel Two()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        return net.Build(net.Conv(net.Add("Relu", [net.Conv("x", 3, 8)]), 8, 5));
    }
}
