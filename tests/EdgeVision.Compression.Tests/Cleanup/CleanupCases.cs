using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using static EdgeVision.Compression.Tests.CleanupNetworks;
using static EdgeVision.Onnx.OnnxNode;

namespace EdgeVision.Compression.Tests;

/// <summary>What each pass does, and where it must keep its hands off, one network for each.</summary>
internal static class CleanupCases
{
    private static readonly long[] Picture = [1, 3, 6, 6];
    private static readonly TensorProto[] Norm = [DrawPositive("gamma", 4), Draw("beta", 4), Draw("mean", 4), DrawPositive("variance", 4)];
    private static readonly TensorProto[] ConvWeights = [Draw("w", 4, 3, 3, 3), Draw("b", 4)];
    private static readonly TensorProto[] FocusConstants = [Draw("w", 4, 12, 3, 3), Longs("top", 0), Longs("bottom", 1), Longs("left", 0), Longs("right", 1), Longs("two", 2), Longs("rows", 2), Longs("columns", 3), Longs("end", 6)];

    public static IReadOnlyList<CleanupCase> All { get; } =
    [
        new("norm after conv", "Conv Relu", Picture, [Conv("c"), BatchNorm("c", "n"), Of("Relu", ["n"], ["y"])], [.. ConvWeights, .. Norm]),
        new("norm after conv without bias", "Conv", Picture, [Of("Conv", ["x", "w"], ["c"]), BatchNorm("c", "y")], [ConvWeights[0], .. Norm]),
        new("norm after depthwise conv", "Conv", [1, 4, 5, 5], [Of("Conv", ["x", "w"], ["c"], Int("group", 4)), BatchNorm("c", "y")], [Draw("w", 4, 1, 3, 3), .. Norm]),
        new("norm after transposed conv of two groups", "ConvTranspose", [1, 6, 3, 3],
            [Of("ConvTranspose", ["x", "w"], ["c"], Int("group", 2), Ints("strides", 2, 2)), BatchNorm("c", "y")], [Draw("w", 6, 2, 2, 2), .. Norm]),
        new("norm after gemm", "Gemm", [2, 3], [Of("Gemm", ["x", "w", "b"], ["c"], Float("alpha", 0.5f), Float("beta", 2f)), BatchNorm("c", "y")], [Draw("w", 3, 4), Draw("b", 4), .. Norm]),
        new("norm after transposed gemm", "Gemm", [2, 3], [Of("Gemm", ["x", "w"], ["c"], Int("transB", 1)), BatchNorm("c", "y")], [Draw("w", 4, 3), .. Norm]),
        new("norm of a value that others read", "Conv BatchNormalization Add", Picture, [Conv("c"), BatchNorm("c", "n"), Of("Add", ["c", "n"], ["y"])], [.. ConvWeights, .. Norm]),
        new("norm alone", "BatchNormalization", [1, 4, 5, 5], [BatchNorm("x", "y")], Norm),
        new("weights that two convs share", "Conv Conv Add", Picture, [Conv("c"), BatchNorm("c", "n"), Conv("d"), Of("Add", ["n", "d"], ["y"])], [.. ConvWeights, .. Norm]),
        new("constants after conv", "Conv", Picture,
            [Conv("c"), Of("Mul", ["k", "c"], ["m"]), Of("Add", ["m", "s"], ["a"]), Of("Sub", ["s", "a"], ["t"]), Of("Div", ["t", "d"], ["y"])],
            [.. ConvWeights, Draw("k", 1, 4, 1, 1), Scalar("s", 0.25f), DrawPositive("d", 4, 1, 1)]),
        new("constant for each pixel after conv", "Conv Mul", Picture, [Conv("c"), Of("Mul", ["c", "k"], ["y"])], [.. ConvWeights, Draw("k", 4, 4)]),
        new("division of a constant by conv", "Conv Div", Picture, [Conv("c"), Of("Div", ["s", "c"], ["y"])], [.. ConvWeights, Scalar("s", 1f)]),
        new("normalisation before conv without padding", "Conv", Picture, [Of("Sub", ["x", "s"], ["n"]), Of("Mul", ["n", "k"], ["m"]), Of("Conv", ["m", "w", "b"], ["y"])],
            [.. ConvWeights, Draw("s", 1, 3, 1, 1), DrawPositive("k", 3, 1, 1)]),
        new("scale before padded conv", "Conv", Picture, [Of("Mul", ["x", "k"], ["m"]), Padded("m", "y")], [.. ConvWeights, Scalar("k", 0.004f)]),
        new("shift before padded conv", "Sub Conv", Picture, [Of("Sub", ["x", "s"], ["m"]), Padded("m", "y")], [.. ConvWeights, Scalar("s", 0.5f)]),
        new("shift before padded conv of two groups", "Conv", [1, 4, 5, 5], [Of("Add", ["x", "s"], ["m"]), Of("Conv", ["m", "w"], ["y"], Int("group", 2))], [Draw("w", 6, 2, 3, 3), Draw("s", 4, 1, 1)]),
        new("scale before a shift before padded conv", "Add Conv", Picture, [Of("Mul", ["x", "k"], ["m"]), Of("Add", ["m", "s"], ["a"]), Padded("a", "y")], [.. ConvWeights, Scalar("k", 0.4f), Scalar("s", 0.5f)]),
        new("scale for each channel before a shift before padded conv", "Add Conv", Picture, [Of("Div", ["x", "k"], ["m"]), Of("Add", ["s", "m"], ["a"]), Padded("a", "y")],
            [.. ConvWeights, DrawPositive("k", 3, 1, 1), Draw("s", 1, 3, 1, 1)]),
        new("scale of nothing before a shift before padded conv", "Mul Add Conv", Picture, [Of("Mul", ["x", "k"], ["m"]), Of("Add", ["m", "s"], ["a"]), Padded("a", "y")], [.. ConvWeights, Scalar("k", 0f), Scalar("s", 0.5f)]),
        new("scale before a shift that others read", "Mul Add Conv Relu GlobalAveragePool Add", Picture,
            [Of("Mul", ["x", "k"], ["m"]), Of("Add", ["m", "s"], ["a"]), Padded("a", "c"), Of("Relu", ["a"], ["r"]), Of("GlobalAveragePool", ["r"], ["g"]), Of("Add", ["c", "g"], ["y"])],
            [Draw("w", 3, 3, 3, 3), Draw("b", 3), Scalar("k", 0.4f), Scalar("s", 0.5f)]),
        new("division by a constant", "Relu Mul", Picture, [Of("Relu", ["x"], ["r"]), Of("Div", ["r", "k"], ["y"])], [Scalar("k", 6f)]),
        new("two factors in a row", "Relu Mul", Picture, [Of("Relu", ["x"], ["r"]), Of("Mul", ["r", "k"], ["m"]), Of("Mul", ["l", "m"], ["y"])], [Scalar("k", 6f), OnnxTensor.Of("l", [1, 1], [0.3f])]),
        new("pixels taken apart into channels", "Conv", Picture, [.. Focus(["top", "bottom"], ["left", "right"]), Of("Conv", ["f", "w"], ["y"], Ints("pads", 1, 1, 1, 1), Ints("strides", 2, 1))], FocusConstants),
        new("pixels taken apart into channels without an end", "Conv", [-1, 3, 6, 6], [.. Focus(["top", "bottom"], ["left", "right"]), Of("Conv", ["f", "w"], ["y"])], [.. FocusConstants[..^1], Longs("end", long.MaxValue)]),
        new("the same pixels twice as channels", "Slice Slice Slice Concat Conv", Picture, [.. Focus(["top", "top"], ["left", "right"]), Of("Conv", ["f", "w"], ["y"])], FocusConstants),
        new("normalisation before gemm", "Gemm", [2, 3], [Of("Sub", ["x", "s"], ["m"]), Of("Gemm", ["m", "w"], ["y"], Float("alpha", 0.5f))], [Draw("w", 3, 4), Draw("s", 3)]),
        new("product and bias", "Gemm", [2, 3], [Of("MatMul", ["x", "w"], ["m"]), Of("Add", ["b", "m"], ["y"])], [Draw("w", 3, 4), Draw("b", 4)]),
        new("product of three dimensions", "MatMul Add", [2, 2, 3], [Of("MatMul", ["x", "w"], ["m"]), Of("Add", ["b", "m"], ["y"])], [Draw("w", 3, 4), Draw("b", 4)]),
        new("identity and dropout", "Relu", Picture, [Of("Identity", ["x"], ["i"]), Of("Relu", ["i"], ["r"]), Of("Dropout", ["r"], ["d", "mask"]), Of("Identity", ["d"], ["y"])]),
        new("cast to the same", "Relu", Picture, [Of("Cast", ["x"], ["c"], Int("to", 1)), Of("Relu", ["c"], ["y"])]),
        new("nothing to reshape, transpose, pad or cut", "Relu", Picture,
            [
                Of("Reshape", ["x", "shape"], ["a"]), Of("Transpose", ["a"], ["b"], Ints("perm", 0, 1, 2, 3)), Of("Pad", ["b", "pads"], ["c"]),
                Of("Slice", ["c", "starts", "ends", "axes"], ["d"]), Of("Mul", ["d", "one"], ["e"]), Of("Relu", ["e"], ["y"]),
            ],
            Longs("shape", 0, -1, 6, 6), Longs("pads", 0, 0, 0, 0, 0, 0, 0, 0), Longs("starts", 0), Longs("ends", long.MaxValue), Longs("axes", 2), Scalar("one", 1f)),
        new("slice that turns around", "Slice Relu", Picture, [Of("Slice", ["x", "starts", "ends", "axes", "steps"], ["a"]), Of("Relu", ["a"], ["y"])],
            Longs("starts", -1), Longs("ends", long.MinValue), Longs("axes", 2), Longs("steps", -1)),
        new("transposes in a row", "Transpose Relu", Picture, [Of("Transpose", ["x"], ["a"], Ints("perm", 0, 2, 3, 1)), Of("Transpose", ["a"], ["b"], Ints("perm", 0, 2, 1, 3)), Of("Relu", ["b"], ["y"])]),
        new("transposes that cancel", "Relu", Picture, [Of("Transpose", ["x"], ["a"], Ints("perm", 0, 2, 3, 1)), Of("Transpose", ["a"], ["b"], Ints("perm", 0, 3, 1, 2)), Of("Relu", ["b"], ["y"])]),
        new("reshapes in a row with an open batch", "Reshape Relu", [-1, 4, 3, 1], [Of("Squeeze", ["x", "three"], ["a"]), Of("Flatten", ["a"], ["b"]), Of("Relu", ["b"], ["y"])], Longs("three", 3)),
        new("bounds of four spellings", "Clip Sum", Picture,
            [
                Of("Max", ["x", "zero"], ["a"]), Of("Min", ["a", "six"], ["b"]), Of("Relu", ["x"], ["c"]), Of("Min", ["six", "c"], ["d"]),
                Of("Clip", ["x", "zero", "six"], ["e"]), Of("Min", ["x", "six"], ["f"]), Of("Clip", ["f", "zero"], ["g"]), Of("Sum", ["b", "d", "e", "g"], ["y"]),
            ],
            Scalar("zero", 0f), Scalar("six", 0.6f)),
        new("bounds without an end", "Relu", Picture, [Of("Clip", ["x", "zero", "end"], ["a"]), Of("Max", ["a", "zero"], ["b"]), Of("Clip", ["b"], ["y"])], Scalar("zero", 0f), Scalar("end", float.MaxValue)),
        new("bounds that others read between", "Relu Min Add", Picture, [Of("Relu", ["x"], ["a"]), Of("Min", ["a", "six"], ["b"]), Of("Add", ["a", "b"], ["y"])], Scalar("six", 0.6f)),
        new("pad before conv", "Conv", Picture, [Of("Pad", ["x", "pads"], ["p"]), Padded("p", "y")], [.. ConvWeights, Longs("pads", 0, 0, 0, 1, 0, 0, 1, 2)]),
        new("pad with ones before conv", "Pad Conv", Picture, [Of("Pad", ["x", "pads", "one"], ["p"]), Padded("p", "y")], [.. ConvWeights, Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1), Scalar("one", 1f)]),
        new("pad that mirrors", "Pad Conv", Picture, [Of("Pad", ["x", "pads"], ["p"], Text("mode", "reflect")), Padded("p", "y")], [.. ConvWeights, Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)]),
        new("pad before average", "AveragePool", Picture, [Of("Pad", ["x", "pads"], ["p"]), Of("AveragePool", ["p"], ["y"], Ints("kernel_shape", 3, 3))], Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)),
        new("pad before average that leaves its own out", "Pad AveragePool", Picture,
            [Of("Pad", ["x", "pads"], ["p"]), Of("AveragePool", ["p"], ["y"], Ints("kernel_shape", 3, 3), Ints("pads", 1, 1, 1, 1))], Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)),
        new("pad with zeros before maximum", "Pad MaxPool", Picture, [Of("Pad", ["x", "pads"], ["p"]), Of("MaxPool", ["p"], ["y"], Ints("kernel_shape", 3, 3))], Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)),
        new("pad with nothing before maximum", "MaxPool", Picture, [Of("Pad", ["x", "pads", "low"], ["p"]), Of("MaxPool", ["p"], ["y"], Ints("kernel_shape", 3, 3))],
            Longs("pads", 0, 0, 1, 1, 0, 0, 1, 1), Scalar("low", float.NegativeInfinity)),
        new("constants of constants", "Add", Picture, [Of("Constant", [], ["one"], Float("value_float", 1)), Of("Exp", ["one"], ["e"]), Of("Mul", ["e", "k"], ["m"]), Of("Add", ["x", "m"], ["y"])], Draw("k", 6, 6)),
        new("shape arithmetic", "Reshape", Picture,
            [
                Of("Shape", ["x"], ["s"]), Of("Gather", ["s", "zero"], ["n"]), Of("Unsqueeze", ["n", "first"], ["u"]),
                Of("Concat", ["u", "rest"], ["t"], Int("axis", 0)), Of("Reshape", ["x", "t"], ["y"]),
            ],
            OnnxTensor.Of("zero", [], [0L]), Longs("first", 0), Longs("rest", -1)),
        new("shape arithmetic with an open batch", "Shape Gather Concat Reshape", [-1, 3, 6, 6],
            [
                Of("Shape", ["x"], ["s"]), Of("Gather", ["s", "zero"], ["n"]), Of("Gather", ["s", "one"], ["c"]), Of("Mul", ["c", "pixels"], ["all"]),
                Of("Concat", ["n", "all"], ["t"], Int("axis", 0)), Of("Reshape", ["x", "t"], ["y"]),
            ],
            Longs("zero", 0), Longs("one", 1), Longs("pixels", 36)),
        new("the same twice", "Sigmoid Relu Concat", Picture,
            [Of("Sigmoid", ["x"], ["a"]), Of("Sigmoid", ["x"], ["b"]), Of("Relu", ["a"], ["c"]), Of("Relu", ["b"], ["d"]), Of("Concat", ["c", "d"], ["y"], Int("axis", 1))]),
        new("SiLU and hard sigmoid stay", "Sigmoid Mul HardSigmoid", Picture, [Of("Sigmoid", ["x"], ["s"]), Of("Mul", ["x", "s"], ["m"]), Of("HardSigmoid", ["m"], ["y"])]),
        new("dead ends", "Relu", Picture, [Of("Relu", ["x"], ["y"]), Of("Sigmoid", ["x"], ["a"]), Of("Mul", ["a", "k"], ["b"])], Scalar("k", 2f)),
    ];

    // As YOLOX writes it: rows first, then columns, the blocks column by column.
    private static IEnumerable<NodeProto> Focus(string[] rows, string[] columns)
    {
        for (var i = 0; i < 4; i++)
        {
            yield return Of("Slice", ["x", rows[i % 2], "end", "rows", "two"], [$"r{i}"]);
            yield return Of("Slice", [$"r{i}", columns[i / 2], "end", "columns", "two"], [$"s{i}"]);
        }

        yield return Of("Concat", ["s0", "s1", "s2", "s3"], ["f"], Int("axis", 1));
    }

    private static NodeProto Conv(string output) => Of("Conv", ["x", "w", "b"], [output]);

    private static NodeProto Padded(string input, string output) => Of("Conv", [input, "w", "b"], [output], Ints("pads", 1, 1, 1, 1));

    private static NodeProto BatchNorm(string input, string output) => Of("BatchNormalization", [input, "gamma", "beta", "mean", "variance"], [output]);
}
