using EdgeVision.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Onnx.Tests;

/// <summary>All of ONNX's own tests: read, written again, and run beside the original.</summary>
public sealed class ConformanceTests(ITestOutputHelper log)
{
    // Of the 1,072 of ONNX 1.12: operators for training, types without a kernel, strings in foreign locales, recurrent networks with the batch first.
    private const int NotRunByTheRuntime = 67;

    [Fact]
    public void OnnxModel_AllOperatorTestsReadAndWritten_GiveTheSameOutputs()
    {
        var (alike, withoutTensors, refused) = (0, 0, new List<string>());
        foreach (var example in ConformanceCase.All())
        {
            var saved = OnnxModel.Load(example.Model, example.Name).Save();
            if (example.Inputs() is not { } inputs)
            {
                withoutTensors++;
            }
            else if (Run(example.Model, inputs, out var before))
            {
                Assert.True(Run(saved, inputs, out var after) && Alike(before, after), $"{example.Name}: other outputs");
                alike++;
            }
            else
            {
                refused.Add(example.Name);
            }
        }

        log.WriteLine($"{alike} alike, {withoutTensors} take sequences and are only read and written, ONNX Runtime itself does not run {refused.Count}: {string.Join(' ', refused)}");
        Assert.True(refused.Count <= NotRunByTheRuntime, $"{refused.Count} were not run");
        Assert.True(alike > 900, $"only {alike} were compared");
    }

    private static bool Alike(byte[][] before, byte[][] after) => before.Zip(after).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static bool Run(byte[] onnx, IReadOnlyList<TensorProto> inputs, out byte[][] outputs)
    {
        try
        {
            outputs = Network.Run(onnx, inputs);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            outputs = [];
            return false;
        }
    }
}
