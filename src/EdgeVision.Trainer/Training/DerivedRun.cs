using EdgeVision.Compression;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Pruning;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Torch;

namespace EdgeVision.Trainer.Training;

/// <summary>A run that goes on from what another one learnt, with its data, objective and settings, to a smaller network: fewer channels, or 8 bits.</summary>
/// <remarks>It has all that it needs in a folder of its own, and is resumed like any other.</remarks>
internal static class DerivedRun
{
    /// <summary>Takes channels out of the network of a run, and trains what is left.</summary>
    /// <param name="pruning">A share of 1 takes none: the control, with as much training.</param>
    /// <returns>As of <see cref="TrainingRun.Start"/>.</returns>
    /// <exception cref="TrainerException">No run, not done, or in 8 bits already.</exception>
    /// <exception cref="CompressionException">Nothing can go, or not so much.</exception>
    public static RunResult? Prune(string source, string path, PruningOptions pruning, FineTuning tuning, IProgress<TrainingProgress> progress, CancellationToken stop) =>
        Start(source, path, tuning, (network, settings, _) =>
        {
            if (pruning.Macs == 1)
            {
                return (network, settings);
            }

            var pruned = PrunedGraph.Prune(network, pruning);
            return (pruned, settings with { Widths = PrunedGraph.WidthsOf(pruned.Graph) });
        }, progress, stop);

    /// <summary>Trains the network of a run with the steps of 8 bits, and exports it in them.</summary>
    /// <returns>As of <see cref="TrainingRun.Start"/>.</returns>
    /// <exception cref="TrainerException">No run, not done, in 8 bits already, or a network that cannot be trained for them.</exception>
    public static RunResult? Quantize(string source, string path, WeightScaling scaling, FineTuning tuning, IProgress<TrainingProgress> progress, CancellationToken stop) =>
        Start(source, path, tuning, (network, settings, data) =>
        {
            var quantized = settings with { Quantization = scaling };
            var folded = new Network(TrainingRun.GraphOf(quantized, data), seed: 0);
            NormFolding.Copy(network, folded);
            return (folded, quantized);
        }, progress, stop);

    /// <summary>A model's network with the widths and the rounding of a run.</summary>
    public static LayerGraph GraphOf(RunSettings settings, TrainingData data, LayerGraph model)
    {
        var graph = settings.Widths is { } widths ? PrunedGraph.Of(model, widths) : model;
        var observed = settings.Options.Epochs * (data.Train.Count / settings.Options.BatchSize) / 2;
        return settings.Quantization is { } scaling ? QuantizedGraph.Of(graph, scaling, Math.Max(observed, 1)) : graph;
    }

    private static RunResult? Start(string source, string path, FineTuning tuning, Func<Network, RunSettings, TrainingData, (Network Start, RunSettings Settings)> derive, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var group = RankGroup.Join(path);
        if (!group.IsFirst)
        {
            return TrainingRun.Resume(path, progress, stop);
        }

        var (folder, run, _) = RunFolder.OpenDone(source);
        if (run.Settings.Quantization is not null)
        {
            throw new TrainerException($"{source} learnt for 8 bits, with what these had to know in its weights: give the run that it was made from.");
        }

        if (TrainingRun.IsComputed(run.Settings))
        {
            throw new TrainerException($"{source} is a run of {run.Settings.Model}, which is computed from good parts, not trained on: release makes it small.");
        }

        var settings = run.Settings with { Options = tuning.Of(run.Settings.Options).Checked(), From = source, Imitation = run.Kind == DatasetKind.Classes ? tuning.Imitation : 0, LayerRates = RunSettings.EqualRates, Command = $"{run.Settings.Command}\n{group.CommandOf(tuning.Command)}" };
        TorchRuntime.Start(settings.Options.Threads);
        using var data = TrainingData.Of(OpenedVersion.Open(folder.Data), settings, run.Input);
        using var objective = ObjectiveCatalog.For(settings, data);
        using var network = new Network(TrainingRun.GraphOf(settings, data), seed: 0);
        WeightsFile.Load(folder.Weights, network);
        (var start, settings) = derive(network, settings, data);
        using (start)
        {
            var derived = run with { Settings = settings, Parameters = start.Graph.ParameterCount, Macs = start.Graph.Macs, Transferred = [.. start.Graph.Parameters.Select(parameter => parameter.Name)] };
            var created = RunFolder.Create(path, derived, data.Version, start);
            group.Wait();
            return TrainingRun.Train(created, settings, data, objective, start.Graph, Donor.Open(created.Start), group, progress, stop);
        }
    }
}
