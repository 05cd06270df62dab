namespace EdgeVision.Packaging.Tests;

/// <summary>Networks of many exporters, IR versions and operator sets, that nobody here made: all of them pass, and nothing that is no network does.</summary>
public sealed class RealModelTests
{
    [Fact]
    public void OnnxWalker_EveryRealNetwork_Passes()
    {
        var files = Directory.GetFiles(TestData.Require("models"), "*.onnx", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(TestData.Require("onnx_conformance"), "*.onnx", SearchOption.AllDirectories)).ToArray();

        Assert.InRange(files.Length, 100, int.MaxValue);
        Assert.All(files, file => Assert.Equal("", Refusal(file)));
    }

    [Fact]
    public void OnnxWalker_EveryDamagedPicture_IsNoNetwork()
    {
        var files = Directory.GetFiles(TestData.Require("nasty"), "*", SearchOption.AllDirectories);

        Assert.InRange(files.Length, 100, int.MaxValue);
        Assert.All(files, file => Assert.Equal(OnnxProblem.Parse, OnnxWalker.Check(File.ReadAllBytes(file), new OnnxLimits()).Problem));
    }

    [Theory]
    [InlineData("models/squeezenet/squeezenet_fp32.onnx", "fp32")]
    [InlineData("models/squeezenet/SqueezeNet_fp16.onnx", "fp16")]
    [InlineData("models/yolox_nano/yolox_nano.onnx", "fp32")]
    public void OnnxWalker_RealNetwork_TellsItsPrecision(string path, string precision) =>
        Assert.Equal(precision, OnnxWalker.Check(File.ReadAllBytes(TestData.Require(path)), new OnnxLimits()).Precision);

    private static string Refusal(string file)
    {
        var verdict = OnnxWalker.Check(File.ReadAllBytes(file), new OnnxLimits());
        return verdict.IsOk ? "" : verdict.Describe(file);
    }
}
