using EdgeVision.Compression;
using EdgeVision.Inference;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer.Training;

/// <summary>The end of a run that learnt for 8 bits: the file, judged in ONNX Runtime beside what calibration alone would have given.</summary>
internal static class Int8Export
{
    private const int CalibrationPictures = 256;

    public static Int8Result Finish(RunFolder folder, Network network, WeightScaling scaling, TrainingData data, Objective objective)
    {
        var onnx = QuantizedGraph.Export(network, scaling);
        AtomicFile.Write(folder.Int8, file => file.Write(onnx));
        double ValueOf(byte[] file) => RuntimeExam.Value(file, network.Graph.Name, data, data.Test, objective);
        return network.Graph.Logits == network.Graph.Output
            ? new Int8Result(folder.Int8, onnx.Length, ValueOf(onnx), ValueOf(Calibrated(folder, network.Graph, scaling, data)))
            : new Int8Result(folder.Int8, onnx.Length, null, null);
    }

    private static byte[] Calibrated(RunFolder folder, LayerGraph graph, WeightScaling scaling, TrainingData data)
    {
        using var start = new Network(graph, seed: 0);
        WeightsFile.Load(folder.Start, start);
        var (model, options) = (QuantizedGraph.Cleaned(start), QuantizedGraph.OptionsFor(scaling));
        NetworkTensor[] samples = [.. Samples(data)];
        return QdqQuantizer.Quantize(model, Calibrator.Collect(model.Save(), graph.Name, QdqQuantizer.ValuesToCalibrate(model, options), samples), options).Onnx;
    }

    private static IEnumerable<NetworkTensor> Samples(TrainingData data)
    {
        foreach (var batch in data.Loader([.. data.Train.Take(CalibrationPictures)], new BatchOptions { BatchSize = 1, Shuffle = false, CacheBytes = 0 }).Epoch(0))
        {
            using (batch)
            {
                yield return NetworkTensor.Of(data.Shape.WithBatch(1), batch.Pixels.ToArray());
            }
        }
    }
}
