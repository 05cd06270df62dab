using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>The shapes that networks of the field have, small, with random weights.</summary>
internal static class Sketches
{
    public static readonly Dictionary<string, Func<OnnxModel>> All = new(StringComparer.Ordinal)
    {
        ["resnet"] = ResNet, ["mobilenet"] = MobileNet, ["csp"] = Csp, ["squeeze-excite"] = SqueezeExcite, ["flatten"] = FlattenToGemm, ["unet"] = UNet,
        ["shuffle"] = ShuffleNet, ["dense"] = DenseNet, ["grouped"] = Grouped, ["blocks"] = Blocks, ["heads"] = Heads, ["constants"] = Constants, ["two-readers"] = TwoReaders,
    };

    private static OnnxModel ResNet()
    {
        var net = new Sketch(1, 1, 3, 16, 16);
        var stem = net.ConvRelu("x", 3, 16, 3);
        var one = net.BatchNorm(net.Conv(net.ConvRelu(stem, 16, 16, 3), 16, 16, 3, bias: false), 16);
        var sum = net.Add("Relu", [net.Add("Add", [one, stem])]);
        var two = net.BatchNorm(net.Conv(net.ConvRelu(sum, 16, 32, 3, 2), 32, 32, 3, bias: false), 32);
        var joined = net.Add("Relu", [net.Add("Add", [two, net.Conv(sum, 16, 32, 1, 2)])]);
        return net.Build(net.Gemm(net.Add("Flatten", [net.Add("GlobalAveragePool", [joined])]), 32, 10));
    }

    private static OnnxModel MobileNet()
    {
        var net = new Sketch(2, 1, 3, 16, 16);
        string Relu6(string x) => net.Add("Clip", [x, net.Floats([], 0), net.Floats([], 6)]);
        var stem = Relu6(net.BatchNorm(net.Conv("x", 3, 8, 3, 2, bias: false), 8));
        string Inverted(string x) => net.BatchNorm(net.Conv(Relu6(net.BatchNorm(net.Conv(Relu6(net.BatchNorm(net.Conv(x, 8, 48), 48)), 48, 48, 3, groups: 48), 48)), 48, 8), 8);
        var block = net.Add("Add", [Inverted(stem), stem]);
        var multiplied = net.Conv(net.Add("Add", [Inverted(block), block]), 8, 16, 3, groups: 8); // two for each channel
        return net.Build(net.Gemm(net.Add("Flatten", [net.Add("GlobalAveragePool", [Relu6(multiplied)])]), 16, 5));
    }

    private static OnnxModel Csp()
    {
        var net = new Sketch(3, 1, 3, 16, 16);
        string Silu(string x) => net.Add("Mul", [x, net.Add("Sigmoid", [x])]);
        var stem = Silu(net.Conv("x", 3, 16, 3, 2));
        var halves = net.Split(stem, 8, 8);
        var inner = net.Add("Add", [Silu(net.Conv(Silu(net.Conv(halves[0], 8, 8)), 8, 8, 3)), halves[0]]);
        var joined = net.Add("Concat", [inner, Silu(net.Conv(stem, 16, 12)), halves[1]], OnnxNode.Int("axis", 1));
        var pooled = net.Add("MaxPool", [joined], OnnxNode.Ints("kernel_shape", 5, 5), OnnxNode.Ints("pads", 2, 2, 2, 2));
        return net.Build(net.Conv(Silu(net.Conv(net.Add("Concat", [joined, pooled], OnnxNode.Int("axis", 1)), 56, 24)), 24, 7));
    }

    private static OnnxModel SqueezeExcite()
    {
        var net = new Sketch(4, 1, 3, 16, 16);
        var wide = net.Add("HardSwish", [net.Conv("x", 3, 24, 3)]);
        var excited = net.Excite(net.Add("HardSwish", [net.Conv(wide, 24, 24, 3, groups: 24)]), 24, 8);
        return net.Build(net.Conv(net.Excite(net.Conv(excited, 24, 16), 16, 4), 16, 4));
    }

    private static OnnxModel FlattenToGemm()
    {
        var net = new Sketch(5, 1, 1, 12, 12);
        var map = net.Add("MaxPool", [net.ConvRelu(net.ConvRelu("x", 1, 8, 3), 8, 12, 3)], OnnxNode.Ints("kernel_shape", 2, 2), OnnxNode.Ints("strides", 2, 2));
        var hidden = net.Add("Relu", [net.Gemm(net.Add("Reshape", [map, net.Longs(1, 12 * 36)]), 12 * 36, 20)]);
        return net.Build(net.Add("Add", [net.Add("MatMul", [hidden, net.Random([20, 6], 0.2)]), net.Random([6], 0.1)]));
    }

    private static OnnxModel UNet()
    {
        var net = new Sketch(6, 1, 3, 16, 16);
        var one = net.ConvRelu("x", 3, 8, 3);
        var two = net.ConvRelu(one, 8, 16, 3, 2);
        var three = net.ConvRelu(two, 16, 24, 3, 2);
        var up = net.Add("Concat", [net.Add("Resize", [three, "", "", net.Longs(1, 24, 8, 8)], OnnxNode.Text("mode", "nearest")), two], OnnxNode.Int("axis", 1));
        var last = net.Add("Concat", [net.Add("Relu", [net.ConvTranspose(net.ConvRelu(up, 40, 16, 3), 16, 12)]), one], OnnxNode.Int("axis", 1));
        return net.Build(net.Conv(net.ConvRelu(last, 20, 8, 3), 8, 2));
    }

    private static OnnxModel ShuffleNet()
    {
        var net = new Sketch(7, 1, 3, 8, 8);
        var x = net.ConvRelu("x", 3, 24, 3);
        for (var i = 0; i < 2; i++)
        {
            var halves = net.Split(x, 12, 12);
            var branch = net.ConvRelu(net.BatchNorm(net.Conv(net.ConvRelu(halves[1], 12, 12), 12, 12, 3, groups: 12), 12), 12, 12);
            x = net.Shuffle(net.Add("Concat", [halves[0], branch], OnnxNode.Int("axis", 1)), 24, 8);
        }

        return net.Build(net.Conv(x, 24, 5));
    }

    private static OnnxModel DenseNet()
    {
        var net = new Sketch(8, 1, 3, 8, 8);
        var x = net.ConvRelu("x", 3, 16, 3);
        var channels = 16;
        for (var i = 0; i < 3; i++)
        {
            var more = net.Conv(net.Add("Relu", [net.BatchNorm(x, channels)]), channels, 8, 3);
            x = net.Add("Concat", [x, more], OnnxNode.Int("axis", 1));
            channels += 8;
        }

        return net.Build(net.Conv(net.Add("AveragePool", [x], OnnxNode.Ints("kernel_shape", 2, 2)), channels, 6));
    }

    private static OnnxModel Grouped()
    {
        var net = new Sketch(9, 1, 4, 8, 8);
        var x = net.Add("Relu", [net.Conv(net.Add("Relu", [net.Conv("x", 4, 16)]), 16, 32, 3, groups: 4)]);
        var up = net.Add("Relu", [net.ConvTranspose(x, 32, 16, groups: 2)]);
        return net.Build(net.Conv(net.ConvTranspose(up, 16, 16, groups: 16), 16, 3));
    }

    private static OnnxModel Blocks()
    {
        var net = new Sketch(10, 1, 3, 8, 8);
        var deep = net.Add("SpaceToDepth", [net.ConvRelu("x", 3, 8)], OnnxNode.Int("blocksize", 2));
        var wide = net.Add("Relu", [net.Conv(deep, 32, 32)]);
        var dcr = net.Add("DepthToSpace", [wide], OnnxNode.Int("blocksize", 2));
        var crd = net.Add("DepthToSpace", [net.Add("Relu", [net.Conv(deep, 32, 32)])], OnnxNode.Int("blocksize", 2), OnnxNode.Text("mode", "CRD"));
        return net.Build(net.Conv(dcr, 8, 3), net.Conv(crd, 8, 3));
    }

    /// <summary>Detector heads: turned to [1, cells, numbers]; and an attention of one channel over all.</summary>
    private static OnnxModel Heads()
    {
        var net = new Sketch(11, 1, 3, 16, 16);
        var x = net.ConvRelu("x", 3, 16, 3, 2);
        var attended = net.Add("Mul", [x, net.Add("Sigmoid", [net.Conv(x, 16, 1, 3)])]);
        var turned = net.Add("Transpose", [net.ConvRelu(attended, 16, 12)], OnnxNode.Ints("perm", 0, 2, 3, 1));
        var rows = net.Add("Reshape", [turned, net.Longs(1, 64, 12)]);
        var cells = net.Add("MatMul", [rows, net.Random([12, 6], 0.3)]);
        return net.Build(net.Add("Softmax", [cells], OnnxNode.Int("axis", -1)));
    }

    private static OnnxModel Constants()
    {
        var net = new Sketch(12, 1, 3, 8, 8);
        var x = net.Add("PRelu", [net.Conv("x", 3, 16, 3), net.Random([16, 1, 1], 0.3)]);
        x = net.Add("Add", [net.Add("Mul", [net.Random([1, 16, 1, 1], 1), x]), net.Random([16, 1, 1], 0.1)]);
        x = net.Add("InstanceNormalization", [net.Conv(x, 16, 20), net.Random([20], 1), net.Random([20], 0.1)]);
        var cut = net.Add("Slice", [x, net.Longs(4), net.Longs(18), net.Longs(1)]);
        var padded = net.Add("Pad", [net.Add("Max", [cut, net.Random([14, 1, 1], 0.1, -1)]), net.Longs(0, 0, 1, 1, 0, 0, 1, 1)]);
        var mean = net.Add("ReduceMean", [padded], OnnxNode.Ints("axes", 2, 3), OnnxNode.Int("keepdims", 0));
        return net.Build(net.Gemm(mean, 14, 3));
    }

    /// <summary>Weights and a bias that two layers share.</summary>
    private static OnnxModel TwoReaders()
    {
        var net = new Sketch(13, 1, 3, 8, 8);
        var (weights, bias) = (net.Random([12, 8, 1, 1], 0.5), net.Random([12], 0.1));
        string Shared(string x) => net.Add("Relu", [net.Add("Conv", [x, weights, bias])]);
        var left = Shared(net.ConvRelu("x", 3, 8));
        var right = Shared(net.ConvRelu("x", 3, 8));
        var other = net.Add("Relu", [net.Add("Conv", [left, net.Random([12, 12, 1, 1], 0.3), bias])]);
        return net.Build(net.Conv(other, 12, 2), net.Conv(right, 12, 2));
    }
}
