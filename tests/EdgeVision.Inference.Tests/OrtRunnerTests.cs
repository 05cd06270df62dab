using System.Globalization;

namespace EdgeVision.Inference.Tests;

public sealed class OrtRunnerTests
{
    [Fact]
    public void OrtRunner_SteadyState_AllocatesNothing()
    {
        using var runner = OrtRunner.Load(Zoo.Open("mnist-cnn"), new InferenceOptions());
        runner.Run();
        runner.Run();

        Assert.Equal(0, Allocated.Bytes(20, runner.Run));
    }

    [Fact]
    public void OrtRunner_FishTensor_GivesTheReferenceProbabilities()
    {
        using var runner = OrtRunner.Load(Zoo.Open("squeezenet"), new InferenceOptions());
        ReadNumbers("models/squeezenet/reference/fish.csv", 0).CopyTo(runner.Input.Floats);

        runner.Run();

        var actual = runner.Outputs[0].ReadFloats().ToArray();
        var expected = ReadNumbers("models/squeezenet/reference/expected_Squeezenet_fish_input_CPU.csv", 1);
        Assert.Equal(1000, expected.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
        Assert.Equal([0, 389, 395, 5, 390], Enumerable.Range(0, 1000).OrderByDescending(i => actual[i]).Take(5));
    }

    [Fact]
    public void OrtRunner_FishTensorInHalfPrecision_GivesTheReferenceProbabilities()
    {
        using var runner = OrtRunner.Load(Zoo.Open("squeezenet-fp16"), new InferenceOptions());
        ReadNumbers("models/squeezenet/reference/fish.csv", 0).CopyTo(runner.Input.Floats);
        runner.Input.CommitFloats();

        runner.Run();

        var actual = runner.Outputs[0].ReadFloats().ToArray();
        var expected = ReadNumbers("models/squeezenet/reference/expected_Squeezenet_fp16_fish_input_CPU.csv", 1);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5e-3f));
        Assert.Equal("fp16", runner.Placement.Precision);
    }

    [Fact]
    public void OrtRunner_DigitTensor_IsAnEight()
    {
        using var runner = OrtRunner.Load(Zoo.Open("mnist-cnn"), new InferenceOptions());
        ReadNumbers("models/mnist_cnn/reference/mnist_28.csv", 0).CopyTo(runner.Input.Floats);

        runner.Run();

        var logits = runner.Outputs[0].ReadFloats().ToArray();
        Assert.Equal(8, Array.IndexOf(logits, logits.Max()));
        Assert.Equal(6080.92f, logits.Max(), 3f);
    }

    [Fact]
    public void OrtRunner_DynamicBatch_IsOne()
    {
        using var runner = OrtRunner.Load(Zoo.Open("resnet8-cifar10"), new InferenceOptions());

        Assert.Equal([1, 3, 32, 32], runner.Input.Shape);
        Assert.Equal([1, 10], runner.Outputs[0].Shape);
    }

    [Fact]
    public void OrtRunner_YoloxNano_PlacesEveryNodeOnTheCpu()
    {
        using var runner = OrtRunner.Load(Zoo.Open("yolox-nano"), new InferenceOptions());

        Assert.Equal("cpu", runner.Placement.Provider);
        Assert.Equal("fp32", runner.Placement.Precision);
        Assert.False(runner.Placement.Degraded);
        // The file holds 290 nodes (Constant included); basic optimization leaves fewer, but every convolution stays.
        Assert.InRange(Assert.Single(runner.Placement.NodesByProvider, pair => pair.Key == "cpu").Value, 100, 400);
    }

    private static float[] ReadNumbers(string path, int column) =>
        [.. File.ReadAllText(TestData.Require(path)).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(line => column == 0 ? line.Split(',') : [line.Split(',')[column]])
            .Where(text => float.TryParse(text, CultureInfo.InvariantCulture, out _))
            .Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
}
