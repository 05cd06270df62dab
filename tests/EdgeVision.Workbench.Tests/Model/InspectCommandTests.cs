using System.Text.Json;

namespace EdgeVision.Workbench.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Inspect_Squeezenet_ShowsItsFigures()
    {
        var network = Json(TestData.Require("models/squeezenet/squeezenet_fp32.onnx")).GetProperty("networks")[0];

        // SqueezeNet 1.1 as published: 1.24 million parameters, 0.35 billion multiply-accumulates.
        Assert.Equal(1235496, network.GetProperty("parameters").GetInt64());
        Assert.InRange(network.GetProperty("macs").GetInt64(), 349_000_000, 353_000_000);
        Assert.Equal(26, network.GetProperty("operators").GetProperty("Conv").GetInt32());
        Assert.Equal("none", network.GetProperty("quantization").GetString());
        Assert.Equal([1, 3, 224, 224], network.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(10, network.GetProperty("heaviest").GetArrayLength());
        Assert.True(network.GetProperty("deviceAccepts").GetBoolean());
    }

    [Fact]
    public void Inspect_WithoutJson_IsATable()
    {
        var output = Run(TestData.Require("models/squeezenet/squeezenet_fp32.onnx"));

        Assert.Equal(0, output.ExitCode);
        Assert.All(["1,235,496", "26 Conv", "takes it", "heaviest layers"], words => Assert.Contains(words, output.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_Package_ShowsEachVariant()
    {
        var package = Json(Published.Model("squeezenet"));

        Assert.Equal("squeezenet", package.GetProperty("package").GetProperty("model").GetString());
        Assert.Equal(
            package.GetProperty("package").GetProperty("variants").EnumerateArray().Select(variant => variant.GetString()),
            package.GetProperty("networks").EnumerateArray().Select(network => network.GetProperty("variant").GetString()));
    }

    [Theory]
    [InlineData("Could not find file", "absent.onnx")]
    [InlineData("is not an ONNX model, or it is cut short", "text.onnx")]
    [InlineData("is empty", "empty.onnx")]
    [InlineData("holds no manifest.json", ".")]
    public void Inspect_BadInput_IsRefusedInOneLine(string words, string name)
    {
        File.WriteAllText(_bench.File("text.onnx"), "version https://git-lfs.github.com/spec/v1\n");
        File.WriteAllText(_bench.File("empty.onnx"), "");

        var output = Run(_bench.File(name));

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, Assert.Single(output.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static JsonElement Json(string target) => JsonDocument.Parse(Run(target, "--json").Output).RootElement;

    private static ProgramOutput Run(params string[] arguments) => Published.Run(Published.Workbench, Deadline, ["model", "inspect", .. arguments]);
}
