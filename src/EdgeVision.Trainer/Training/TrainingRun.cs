using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Report;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Torch;

namespace EdgeVision.Trainer.Training;

/// <summary>A training from data to an exported network that was tested once.</summary>
internal static class TrainingRun
{
    private const int ComparedPictures = 256;

    /// <returns>Null on ranks other than the first, which alone writes and tests.</returns>
    /// <exception cref="TrainerException">Bad wishes or data, or a loss that is no number.</exception>
    /// <exception cref="OperationCanceledException">Stopped; it can be resumed.</exception>
    public static RunResult? Start(string path, RunSettings settings, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var group = RankGroup.Join(path);
        if (!group.IsFirst)
        {
            return Resume(path, progress, stop);
        }

        settings.Options.Checked();
        group.ShareOf(settings.Options.BatchSize);
        TorchRuntime.Start(settings.Options.Threads);
        var donor = settings.From is null ? null : Donor.Open(settings.From);
        if (donor is { Input: null })
        {
            Console.Error.WriteLine($"edgevision-trainer: {settings.From} does not say how it sees pictures: they are prepared as suits this set. Weights of another tool know other colours: give a package of them (edgevision model package --channels --mean --std).");
        }

        var opened = settings.Data.Open(FreezeOptionsOf(settings), settings.Options.Threads, stop);
        settings = settings with { Model = ArchitectureCatalog.Suiting(settings.Model, opened.Version), Command = $"{donor?.Command}{group.CommandOf(settings.Command)}" };
        using var data = TrainingData.Of(opened, settings, used: donor?.Input);
        using var objective = ObjectiveCatalog.For(settings, data);
        var graph = GraphOf(settings, data);
        var gifts = donor?.GiftsFor(graph) ?? [];
        settings = settings with { LayerRates = LayerRates.WithTaken(graph, gifts, settings.TransferRate, settings.LayerRates) };
        RequireUsable(settings, data, graph, gifts, group);
        var run = new RunDescription(settings, data.Version.Digest, data.Answers, data.AnswerClasses, data.Input, graph.ParameterCount, graph.Macs) { Transferred = gifts };
        var folder = RunFolder.Create(path, run, data.Version);
        group.Wait();
        return Train(folder, settings, data, objective, graph, donor, group, progress, stop);
    }

    /// <summary>What was wished wrongly is said now: not after hours, and not when there is a folder already that nobody can go on with.</summary>
    private static void RequireUsable(RunSettings settings, TrainingData data, LayerGraph graph, IReadOnlyCollection<string> gifts, RankGroup group)
    {
        settings.Cost?.AlarmOf(data.Version.Classes);
        LayerRates.For(graph, settings.LayerRates);
        AugmentationPolicy.Parse(settings.Augment);
        if (IsComputed(settings))
        {
            AnomalyFit.RequireUsable(graph, gifts, data);
            if (group.Ranks > 1)
            {
                throw new TrainerException($"{settings.Model} is computed in seconds by one process: run it without mpirun.");
            }
        }
    }

    /// <summary>Whether the network is computed from its pictures in a few passes, and not trained step by step.</summary>
    public static bool IsComputed(RunSettings settings) => ArchitectureCatalog.TaskOf(settings.Model) == LearningTask.Anomalies;

    /// <summary>Goes on with a run that was stopped; one that is done gives its result again.</summary>
    /// <returns>As of <see cref="Start"/>.</returns>
    /// <exception cref="TrainerException">No run, damaged, or its pictures are others now.</exception>
    /// <exception cref="OperationCanceledException">Stopped again.</exception>
    public static RunResult? Resume(string path, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var group = RankGroup.Join(path);
        group.Wait(); // for the first, which may look at all pictures and begin the folder now
        if (!group.IsFirst && !Directory.Exists(path))
        {
            throw new TrainerException($"{path} is not there, though rank 0 has it: give a folder that all machines share.");
        }

        var (folder, run) = RunFolder.Open(path);
        if (folder.ReadResult() is { } result)
        {
            return result;
        }

        run.Settings.Options.Checked();
        TorchRuntime.Start(run.Settings.Options.Threads);
        using var data = TrainingData.Of(OpenedVersion.Open(folder.Data), run.Settings, run.Input);
        using var objective = ObjectiveCatalog.For(run.Settings, data);
        var donor = File.Exists(folder.Checkpoint) ? null : File.Exists(folder.Start) ? Donor.Open(folder.Start) : run.Settings.From is { } from ? Donor.Open(from) : null;
        return Train(folder, run.Settings, data, objective, GraphOf(run.Settings, data), donor, group, progress, stop);
    }

    /// <summary>Trains in a folder that was just made, or goes on in it.</summary>
    /// <returns>As of <see cref="Start"/>.</returns>
    /// <exception cref="OperationCanceledException">Stopped; it can be resumed.</exception>
    public static RunResult? Train(RunFolder folder, RunSettings settings, TrainingData data, Objective objective, LayerGraph graph, Donor? donor, RankGroup group, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        var options = settings.Options;
        GC.Collect(); // what looking at all pictures left behind is the greatest garbage there will be
        using var learner = new Learner(graph, options, objective, group, LayerRates.For(graph, settings.LayerRates));
        if (donor is not null)
        {
            learner.BeginWith(donor);
        }

        var state = File.Exists(folder.Checkpoint) ? Checkpoint.Load(folder.Checkpoint, learner) : new TrainingState { Ranks = group.Ranks };
        learner.RequireSame("to begin with");
        state = Adopt(state, folder, group);

        state = IsComputed(settings) ? new AnomalyFit(learner.Judged, data, objective, AugmentationPolicy.Parse(settings.Augment).ForParts, options, folder, progress, TimeProvider.System).Run(stop) : Learn(state);
        if (!group.IsFirst)
        {
            return null;
        }

        return Finish(folder, settings, learner.Judged, data, objective, state);

        TrainingState Learn(TrainingState state)
        {
            var loader = data.Loader(data.Train, new BatchOptions
            {
                BatchSize = group.ShareOf(options.BatchSize), LeastBatch = 2, Seed = options.Seed, Policy = AugmentationPolicy.Parse(settings.Augment), Workers = options.Threads, Rank = group.Rank, Ranks = group.Ranks,
            });
            using var validation = new Examiner(data, data.Validation, objective);
            state = new TrainingLoop(learner, loader, validation, objective.Metric, options, folder, progress, TimeProvider.System).Run(state, stop);
            if (group.IsFirst && options.Patience > 0)
            {
                WeightsFile.Load(folder.Best, learner.Judged);
            }

            return state;
        }
    }

    private static TrainingState Adopt(TrainingState state, RunFolder folder, RankGroup group)
    {
        if (group.IsFirst)
        {
            folder.KeepEpochs(state.Epoch);
            if (state.Ranks != group.Ranks)
            {
                Console.Error.WriteLine($"edgevision-trainer: this run was trained by {state.Ranks} rank(s) so far and goes on with {group.Ranks}: through the same batches, but not to the same last digits.");
            }
        }

        return state with { Ranks = group.Ranks };
    }

    private static RunResult Finish(RunFolder folder, RunSettings settings, Network network, TrainingData data, Objective objective, TrainingState state)
    {
        // Not where it learnt for 8 bits, because the last layer's ranges are learnt too; it begins with what was calibrated before.
        var confidence = objective is ClassificationObjective classification && settings.Quantization is null ? new ConfidenceStep(network, classification, data, settings) : null;
        var onnx = OnnxExport.Write(network);
        AtomicFile.Write(folder.Onnx, file => file.Write(onnx));
        WeightsFile.Save(folder.Weights, network);
        using var examiner = new Examiner(data, data.Test, objective);
        var exam = objective.NewExam();
        var value = examiner.Examine(network, exam: exam).Value;
        var int8 = settings.Quantization is { } scaling ? Int8Export.Finish(folder, network, scaling, data, objective) : null;
        var result = new RunResult(
            objective.Metric, value, TestResult.Of(objective.Metric, value, data.Test.Count), Math.Round(state.EpochSeconds / state.Epoch, 3), network.Graph.ParameterCount, network.Graph.Macs, folder.Onnx,
            ExportComparison.LargestDifference(network, int8 is null ? onnx : File.ReadAllBytes(int8.Onnx), data, [.. data.Test.Take(ComparedPictures)]))
        {
            Int8 = int8,
        };
        result = confidence is not null && exam is ClassificationExam { Answers: var answers } ? confidence.AddTo(result, answers) : result;
        folder.Finish(result);
        RunReport.Write(folder.Path);
        return result;
    }

    private static FreezeOptions FreezeOptionsOf(RunSettings settings) => new()
    {
        Name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(settings.Data.Data)),
        Shares = settings.Shares,
        Accepted = settings.Accepted,
        Earlier = settings.Earlier is null ? null : VersionJson.Read(settings.Earlier),
    };

    /// <summary>The network of a run, from what its folder says.</summary>
    public static LayerGraph GraphOf(RunSettings settings, TrainingData data) => DerivedRun.GraphOf(settings, data, ArchitectureCatalog.Build(settings.Model, new ArchitectureOptions
    {
        Classes = data.AnswerClasses.Count,
        Input = data.Shape,
        Width = settings.Width,
        Activation = settings.Activation,
        Dropout = settings.Dropout,
    }));
}
