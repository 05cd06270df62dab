using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class UsefulRangeTests
{
    [Fact]
    public void UsefulRange_BeforeSwish_EndsWhereItsTailIsHalfAStep()
    {
        var model = CleanupNetworks.Of([1, 4], [OnnxNode.Of("Sigmoid", ["x"], ["gate"]), OnnxNode.Of("Mul", ["x", "gate"], ["y"])]);

        var range = UsefulRange.Of(model.Graph, "x", new ValueRange(-94, 103));

        // 2.3 / (1 + e^2.3) = 0.210 is just over half a step of 105.3 / 255 = 0.413, 2.4 / (1 + e^2.4) = 0.200 is under it.
        Assert.Equal(-2.4f, range.Least, 0.01f);
        Assert.Equal(103, range.Greatest);
    }

    [Fact]
    public void UsefulRange_BeforeSigmoidAlone_IsWhereItIsNotFlat()
    {
        var model = CleanupNetworks.Of([1, 4], [OnnxNode.Of("Sigmoid", ["x"], ["y"])]);

        Assert.Equal(new ValueRange(-3, 8), UsefulRange.Of(model.Graph, "x", new ValueRange(-3, 40)));
    }

    [Fact]
    public void UsefulRange_ReadByAnotherToo_StaysWhole()
    {
        var model = CleanupNetworks.Of([1, 4], [OnnxNode.Of("Sigmoid", ["x"], ["gate"]), OnnxNode.Of("Mul", ["x", "gate"], ["swish"]), OnnxNode.Of("Add", ["x", "swish"], ["y"])]);

        Assert.Equal(new ValueRange(-94, 103), UsefulRange.Of(model.Graph, "x", new ValueRange(-94, 103)));
    }
}
