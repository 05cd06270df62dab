using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

public sealed class CalibratorTests
{
    private static readonly NodeProto[] Chain =
    [
        OnnxNode.Of("Relu", ["x"], ["relu"]),
        OnnxNode.Of("Add", ["relu", "one"], ["plus"]),
        OnnxNode.Of("Mul", ["plus", "plus"], ["y"]),
    ];

    [Fact]
    public void Collect_TwoSamples_GivesWhatIsWorkedOutByHand()
    {
        // Channels are [-1, 0] and [1, 2], then the double: averages move by a hundredth, the sum is 6 and that of squares 30.
        var data = Collect(["x", "relu", "y"], [[-1, 0, 1, 2], [-2, 0, 2, 4]]);

        Assert.Equal(new ValueRange(-2, 4), data.StatisticsOf("x").Range);
        Assert.Equal(new ValueRange(-1.01f, 2.02f), data.StatisticsOf("x").AverageRange);
        Assert.Equal(0.75, data.StatisticsOf("x").Mean, 9);
        Assert.Equal(Math.Sqrt((30 / 8.0) - (0.75 * 0.75)), data.StatisticsOf("x").StandardDeviation, 6);
        Assert.Equal([-0.75, 2.25], data.StatisticsOf("x").Channels.Select(channel => channel.Mean));
        Assert.Equal(new ValueRange(1, 4), data.StatisticsOf("x").Channels[1].Range);
        Assert.Equal(new ValueRange(0, 4), data.RangeOf("relu", new RangeRule()));
        Assert.Equal(new ValueRange(-25, 25), data.RangeOf("y", new RangeRule(), symmetric: true));
        Assert.Equal((8, 2), ((int)data.HistogramOf("y").Counts.Sum(), data.Samples));
    }

    [Fact]
    public void Collect_InGroups_GivesTheSameBytesAsInOne()
    {
        var (samples, options) = (Draw(5), new CalibrationOptions { MemoryBytes = 1 });
        var network = CleanupNetworks.Bytes([1, 2, 1, 2], Chain, [One]);
        var reports = new List<double>();

        var grouped = Calibrator.Collect(network, "small.onnx", ["y", "relu", "x", "plus"], samples, options, new Reports(reports)).Save();

        Assert.Equal(Calibrator.Collect(network, "small.onnx", ["x", "relu", "plus", "y"], samples).Save(), grouped);
        Assert.Equal(15, reports.Count);
        Assert.Equal(reports.Order(), reports);
        Assert.Equal(1, reports[^1]);
    }

    [Fact]
    public void Collect_OutputThatIsTheInputItself_IsWatched()
    {
        var model = CleanupNetworks.Of([1, 2, 1, 2], Chain, One);
        model.Graph.Proto.Output.Add(model.Graph.Proto.Input[0].Clone());

        var data = Calibrator.Collect(model.Save(), "small.onnx", ["x", "y"], Draw(2));

        Assert.Equal(["x", "y"], data.Values);
    }

    [Fact]
    public void Collect_NumberThatIsNotFinite_NamesValueNodeAndSample()
    {
        var network = CleanupNetworks.Bytes([1, 2, 1, 2], [OnnxNode.Of("Log", ["x"], ["y"])], []);

        var error = Assert.Throws<CompressionException>(() => Calibrator.Collect(network, "small.onnx", ["y"], Tensors([[1, 2, 3, 4], [1, 2, -3, 4]])));

        Assert.Contains("'y' of Log 'Log_y' is not finite at sample 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_NoSample_SaysHowManyAreUsual() =>
        Assert.Contains("32 to 200", Assert.Throws<CompressionException>(() => Collect(["y"], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Collect_ValueTheNetworkHasNot_NamesIt() =>
        Assert.Contains("'z'", Assert.Throws<CompressionException>(() => Collect(["y", "z"], [[1, 2, 3, 4]])).Message, StringComparison.Ordinal);

    [Fact]
    public void Collect_SampleOfAnotherShape_NamesTheSampleAndBothShapes()
    {
        var samples = Draw(2).Append(NetworkTensor.Of([1, 2, 2, 1], [1, 2, 3, 4]));

        var error = Assert.Throws<CompressionException>(() => Calibrator.Collect(CleanupNetworks.Bytes([1, 2, -1, -1], Chain, [One]), "small.onnx", ["y"], samples));

        Assert.Contains("Sample 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 2, 2, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_SampleThatDoesNotFitTheNetwork_IsAnErrorOfTheSamples()
    {
        var error = Assert.Throws<CompressionException>(() => Calibrator.Collect(CleanupNetworks.Bytes([1, 2, 1, 2], Chain, [One]), "small.onnx", ["y"], [NetworkTensor.Of([1, 2, 3, 3], new float[18])]));

        Assert.Contains("[1, 2, 3, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_ValueOfIntegers_NamesIt()
    {
        NodeProto[] nodes = [OnnxNode.Of("Shape", ["x"], ["lengths"]), OnnxNode.Of("Relu", ["x"], ["y"])];

        var error = Assert.Throws<CompressionException>(() => Calibrator.Collect(CleanupNetworks.Bytes([1, 2, 1, 2], nodes, []), "small.onnx", ["y", "lengths"], Draw(1)));

        Assert.Contains("'lengths' of Shape", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_Stopped_Stops() => Assert.Throws<OperationCanceledException>(() =>
        Calibrator.Collect(CleanupNetworks.Bytes([1, 2, 1, 2], Chain, [One]), "small.onnx", ["y"], Draw(2), stop: new CancellationToken(canceled: true)));

    private static TensorProto One => CleanupNetworks.Scalar("one", 1);

    private static CalibrationData Collect(string[] values, float[][] samples) => Calibrator.Collect(CleanupNetworks.Bytes([1, 2, 1, 2], Chain, [One]), "small.onnx", values, Tensors(samples));

    private static NetworkTensor[] Tensors(float[][] samples) => [.. samples.Select(sample => NetworkTensor.Of([1, 2, 1, 2], sample))];

    private static NetworkTensor[] Draw(int count)
    {
        var random = new Random(4);
        return Tensors([.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextSingle() - 0.5f).ToArray())]);
    }

    private sealed class Reports(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
