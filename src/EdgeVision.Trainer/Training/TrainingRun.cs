using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Torch;

namespace EdgeVision.Trainer.Training;

/// <summary>A training from data to an exported network that was tested once.</summary>
internal static class TrainingRun
{
    private const int ComparedSamples = 256;

    /// <exception cref="TrainerException">Bad wishes or data, or a loss that is no number.</exception>
    /// <exception cref="OperationCanceledException">Stopped; it can be resumed.</exception>
    public static RunResult Start(string path, RunSettings settings, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        settings.Options.Checked();
        var data = TrainingData.Open(settings.Data, settings.Samples);
        var graph = GraphOf(settings, data);
        var folder = RunFolder.Create(path, Describe(settings, data, graph));
        return Train(folder, settings, data, graph, progress, stop);
    }

    /// <summary>Goes on with a run that was stopped; one that is done gives its result again.</summary>
    /// <exception cref="TrainerException">No run, damaged, or its data are others now.</exception>
    /// <exception cref="OperationCanceledException">Stopped again.</exception>
    public static RunResult Resume(string path, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var (folder, run) = RunFolder.Open(path);
        if (folder.ReadResult() is { } result)
        {
            return result;
        }

        run.Settings.Options.Checked();
        var data = TrainingData.Open(run.Settings.Data, run.Settings.Samples);
        var graph = GraphOf(run.Settings, data);
        var isSame = data.Classes.SequenceEqual(run.Classes) && data.Normalization.Mean.SequenceEqual(run.Normalization.Mean);
        return isSame ? Train(folder, run.Settings, data, graph, progress, stop)
            : throw new TrainerException($"{run.Settings.Data} is no longer what {path} was begun with: put the pictures back, or train again into another folder.");
    }

    private static RunResult Train(RunFolder folder, RunSettings settings, TrainingData data, LayerGraph graph, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var options = settings.Options;
        GC.Collect(); // the data's files, unpacked, are the greatest garbage there will be
        TorchRuntime.Start(options.Threads);
        using var learner = new Learner(graph, options, options.BalanceClasses ? ClassBalance.Weights(data.Train.Labels, data.Classes.Count) : null);
        var state = File.Exists(folder.Checkpoint) ? Checkpoint.Load(folder.Checkpoint, learner) : new TrainingState();
        folder.KeepEpochs(state.Epoch);

        using var loader = new SampleLoader(data.Train.Count, options.BatchSize, graph.InputShape, (index, _, values) =>
        {
            data.Train.Read(index, data.Normalization, values);
            return data.Train.Labels[index];
        });
        using var validation = new Examiner(data.Validation, data.Normalization);
        state = new TrainingLoop(learner, loader, validation, options, folder, progress, TimeProvider.System).Run(state, stop);
        if (options.Patience > 0)
        {
            WeightsFile.Load(folder.Best, learner.Judged);
        }

        return Finish(folder, learner.Judged, data, state);
    }

    private static RunResult Finish(RunFolder folder, Network network, TrainingData data, TrainingState state)
    {
        var onnx = OnnxExport.Write(network);
        AtomicFile.Write(folder.Onnx, file => file.Write(onnx));
        WeightsFile.Save(folder.Weights, network);
        using var examiner = new Examiner(data.Test, data.Normalization);
        var test = new TestResult(examiner.Examine(network).Accuracy, data.Test.Count);
        var difference = ExportComparison.LargestDifference(network, onnx, data.Test, data.Normalization, ComparedSamples);
        var result = new RunResult("accuracy", test.Accuracy, test, Math.Round(state.EpochSeconds / state.Epoch, 3), network.Graph.ParameterCount, network.Graph.Macs, folder.Onnx, difference);
        folder.Finish(result);
        return result;
    }

    private static LayerGraph GraphOf(RunSettings settings, TrainingData data) =>
        ArchitectureCatalog.Build(settings.Model, new ArchitectureOptions { Classes = data.Classes.Count, Input = data.Train.Shape, Width = settings.Width, Dropout = settings.Dropout });

    private static RunDescription Describe(RunSettings settings, TrainingData data, LayerGraph graph)
    {
        var shape = graph.InputShape;
        return new RunDescription(settings, data.Classes, [shape.Channels, shape.Height, shape.Width], data.Normalization, graph.ParameterCount, graph.Macs);
    }
}
