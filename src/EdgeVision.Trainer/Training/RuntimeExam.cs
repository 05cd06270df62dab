using System.Runtime.InteropServices;
using EdgeVision.Inference;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>An ONNX file judged by pictures, one at a time as on the device.</summary>
internal static class RuntimeExam
{
    /// <returns>The objective's metric, 0 to 1.</returns>
    public static double Value(byte[] onnx, string name, TrainingData data, IReadOnlyList<VersionItem> items, Objective objective)
    {
        using var runtime = TensorNetwork.Open(onnx, name);
        var (exam, shape) = (objective.NewExam(), data.Shape.WithBatch(1));
        foreach (var batch in data.Loader(items, new BatchOptions { BatchSize = 1, Shuffle = false, CacheBytes = 0 }).Epoch(0))
        {
            using (batch)
            {
                using var scope = torch.NewDisposeScope();
                runtime.Run(
                    new Dictionary<string, NetworkTensor> { [LayerGraph.Input] = NetworkTensor.Of(shape, batch.PixelArray) },
                    (_, _, lengths, answer) => exam.Add(torch.tensor(MemoryMarshal.Cast<byte, float>(answer).ToArray(), lengths.ToArray()), batch));
            }
        }

        return exam.Value;
    }
}
