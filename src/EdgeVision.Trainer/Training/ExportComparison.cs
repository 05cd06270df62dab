using System.Runtime.InteropServices;
using EdgeVision.Inference;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>An exported network beside the one that it was made from, on real pictures.</summary>
internal static class ExportComparison
{
    /// <summary>Largest difference of a value of the answer, as a share of those above 1 (a box is hundreds of pixels wide, and a float has seven digits), one picture at a time as on the device, with everything that ONNX Runtime optimises.</summary>
    public static double LargestDifference(Network network, byte[] onnx, TrainingData data, IReadOnlyList<VersionItem> items)
    {
        using var runtime = TensorNetwork.Open(onnx, $"{network.Graph.Name}.onnx");
        using var buffer = new InputBuffer(1, data.Shape);
        using var _ = torch.no_grad();
        var (shape, largest) = (data.Shape.WithBatch(1), 0.0);
        foreach (var batch in data.Loader(items, new BatchOptions { BatchSize = 1, Shuffle = false, CacheBytes = 0 }).Epoch(0))
        {
            using (batch)
            {
                using var scope = torch.NewDisposeScope();
                var expected = network.Forward(buffer.Fill(batch), training: false);
                runtime.Run(
                    new Dictionary<string, NetworkTensor> { [LayerGraph.Input] = NetworkTensor.Of(shape, batch.PixelArray) },
                    (name, _, _, answer) => largest = name == network.Graph.Map ? largest : Math.Max(largest, Largest(MemoryMarshal.Cast<byte, float>(expected.bytes), answer)));
            }
        }

        return largest;
    }

    private static double Largest(ReadOnlySpan<float> expected, ReadOnlySpan<byte> answer)
    {
        var values = MemoryMarshal.Cast<byte, float>(answer);
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - values[i]) / Math.Max(1, Math.Abs(expected[i])));
        }

        return largest;
    }
}
