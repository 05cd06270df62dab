using System.Runtime.InteropServices;
using EdgeVision.Inference;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>An exported network beside the one that it was made from, on real samples.</summary>
internal static class ExportComparison
{
    /// <summary>Largest difference of a value of the answer, one sample at a time as on the device, with everything that ONNX Runtime optimises.</summary>
    public static double LargestDifference(Network network, byte[] onnx, TrainingSet set, Normalization normalization, int samples)
    {
        using var runtime = TensorNetwork.Open(onnx, $"{network.Graph.Name}.onnx");
        using var _ = torch.no_grad();
        var (input, shape, largest) = (new float[set.Shape.Count], set.Shape.WithBatch(1), 0.0);
        for (var i = 0; i < Math.Min(samples, set.Count); i++)
        {
            using var scope = torch.NewDisposeScope();
            set.Read(i, normalization, input);
            var expected = network.Forward(torch.tensor(input, shape), training: false);
            runtime.Run(new Dictionary<string, NetworkTensor> { [LayerGraph.Input] = NetworkTensor.Of(shape, input) }, (_, _, _, data) => largest = Math.Max(largest, Largest(MemoryMarshal.Cast<byte, float>(expected.bytes), data)));
        }

        return largest;
    }

    private static double Largest(ReadOnlySpan<float> expected, ReadOnlySpan<byte> answer)
    {
        var values = MemoryMarshal.Cast<byte, float>(answer);
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - values[i]));
        }

        return largest;
    }
}
