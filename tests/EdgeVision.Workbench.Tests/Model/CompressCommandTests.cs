namespace EdgeVision.Workbench.Tests;

public sealed class CompressCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compress_Json_PrintsTheVariantsAndNothingElse()
    {
        var (model, digits) = (Published.Model("mnist-cnn"), TestData.Require("datasets/mnist_t10k"));

        var json = ModelBench.Json("compress", "--model", model, "--calibration", digits, "--limit", "20", "--evaluate", digits, "--evaluate-limit", "200", "--target", "cpu", "--max-drop", "1", "--out", _folder.File("out"));

        var variant = Assert.Single(json.GetProperty("variants").EnumerateArray());
        Assert.Equal("int8-cpu-u8s8", variant.GetProperty("kind").GetString());
        Assert.Equal(new FileInfo(Path.Combine(_folder.File("out"), variant.GetProperty("file").GetString()!)).Length, variant.GetProperty("bytes").GetInt64());
        Assert.Equal(variant.GetProperty("convs").GetInt32(), variant.GetProperty("qlinearConvs").GetInt32());
        Assert.InRange(variant.GetProperty("drop").GetDouble(), -1, 1);
        foreach (var field in new[] { "sizeRatio", "fp32", "value", "latencyMsFp32", "latencyMs", "speedup" })
        {
            Assert.True(variant.GetProperty(field).GetDouble() > 0, field);
        }

        Assert.Equal("top1", variant.GetProperty("metric").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Array, variant.GetProperty("floatIslands").ValueKind);
    }

    [Theory]
    [InlineData(2, "--target is one of", "--target", "fpga")]
    [InlineData(1, "--max-drop is 0 to 100", "--max-drop", "-1")]
    [InlineData(1, "--limit is 1 or more", "--limit", "0")]
    [InlineData(1, "does not exist", "--threads", "1")]
    public void Compress_BadInput_SaysTheWayOut(int exitCode, string words, string option, string value)
    {
        var output = ModelBench.Run("compress", "--model", _folder.File("absent"), "--calibration", "/nowhere/a", "--evaluate", "/nowhere/b", "--out", _folder.File("out"), option, value);

        Assert.Equal(exitCode, output.ExitCode);
        Assert.Contains(words, output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }
}
