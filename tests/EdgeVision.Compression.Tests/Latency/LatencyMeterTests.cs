namespace EdgeVision.Compression.Tests;

public sealed class LatencyMeterTests
{
    [Fact]
    public void Measure_LargerNetwork_TakesLonger()
    {
        // 27 KB and 3.7 MB of weights: hundreds of times the work, so no busy machine turns it round.
        TimedNetwork[] networks = [Network("mnist_cnn/mnist.onnx"), Network("yolox_nano/yolox_nano.onnx")];

        var results = LatencyMeter.Measure(networks, threads: 1, runs: 5);

        Assert.Equal([("mnist_cnn/mnist.onnx", 1, 1, 5), ("yolox_nano/yolox_nano.onnx", 1, 1, 5)], results.Select(result => (result.Name, result.Threads, result.Batch, result.Runs)));
        Assert.True(results[0].P50Ms < results[1].MinMs);
        Assert.All(results, result => Assert.True(result.MinMs > 0 && result.MinMs <= result.P50Ms));
    }

    [Fact]
    public void Measure_OpenBatch_TakesTheWishedOne()
    {
        var result = LatencyMeter.Measure([Network("resnet8_cifar10/resnet8_cifar10_fp32.onnx")], threads: 1, batch: 8, runs: 3).Single();

        Assert.Equal(8, result.Batch);
    }

    [Fact]
    public void Measure_FixedBatch_IsRefused() =>
        Assert.Contains("fixed batch of 1", Assert.Throws<CompressionException>(() => LatencyMeter.Measure([Network("mnist_cnn/mnist.onnx")], threads: 1, batch: 8)).Message, StringComparison.Ordinal);

    [Fact]
    public void Measure_OpenLength_IsAskedFor() =>
        Assert.Contains("is open; give its shape", Assert.Throws<CompressionException>(() => LatencyMeter.Measure([Network("paddleocr/ch_PP-OCRv4_rec_infer.onnx")], threads: 1)).Message, StringComparison.Ordinal);

    private static TimedNetwork Network(string path) => new(path, File.ReadAllBytes(TestData.Require($"models/{path}")));
}
