using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class CalibrationDataTests
{
    [Fact]
    public void Read_WhatWasSaved_AnswersTheSame()
    {
        var data = Collected();

        var read = CalibrationData.Read(data.Save());

        Assert.Equal(data.Save(), read.Save());
        Assert.Equal((data.NetworkDigest, data.SampleDigest, 1), (read.NetworkDigest, read.SampleDigest, read.Samples));
        Assert.Equal(64, read.SampleDigest.Length);
        Assert.All(Enum.GetValues<CalibrationMethod>(), method =>
            Assert.Equal(data.RangeOf("y", new RangeRule { Method = method }), read.RangeOf("y", new RangeRule { Method = method })));
    }

    [Fact]
    public void Read_AnyByteChangedOrCutOff_IsRefused()
    {
        var saved = Collected().Save();
        for (var i = 0; i < saved.Length; i += 7)
        {
            var damaged = saved.ToArray();
            damaged[i] ^= 0x10;
            Assert.Contains("calibrate again", Assert.Throws<CompressionException>(() => CalibrationData.Read(damaged)).Message, StringComparison.Ordinal);
            Assert.Throws<CompressionException>(() => CalibrationData.Read(saved[..i]));
        }
    }

    [Fact]
    public void OfRanges_EveryRule_GivesTheRangeWithZero()
    {
        var data = CalibrationData.OfRanges(new Dictionary<string, ValueRange> { ["v"] = new(1, 5) });

        Assert.All(Enum.GetValues<CalibrationMethod>(), method => Assert.Equal(new ValueRange(0, 5), data.RangeOf("v", new RangeRule { Method = method })));
        Assert.Contains("'v'", Assert.Throws<CompressionException>(() => data.HistogramOf("v")).Message, StringComparison.Ordinal);
        Assert.Contains("'w'", Assert.Throws<CompressionException>(() => data.RangeOf("w", new RangeRule())).Message, StringComparison.Ordinal);
        Assert.Equal(data.Save(), CalibrationData.Read(data.Save()).Save());
    }

    private static CalibrationData Collected() => Calibrator.Collect(
        CleanupNetworks.Bytes([1, 1, 2, 2], [OnnxNode.Of("Sigmoid", ["x"], ["y"])], []), "small.onnx", ["x", "y"], [NetworkTensor.Of([1, 1, 2, 2], [-1, 2, 3, 0.5f])]);
}
