using System.Text.Json;
using EdgeVision.Compression;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Search;

/// <summary>Random search with successive halving for the networks that are both good and fast on this machine.</summary>
/// <remarks>
/// Each trial is a run folder below <c>trials</c>, chosen by validation pictures alone; <c>search.json</c> says how far it is. Stopped or killed, the same search in the same folder goes on; nothing that is
/// done is done again. Trials, their order and their values follow from the plan; latencies are measured once, and who is kept may hang on them.
/// </remarks>
internal sealed class TrainingSearch
{
    private const int TimedRuns = 30;

    private readonly string _folder;
    private readonly IProgress<(string What, double Share)> _progress;
    private SearchState _state;

    private TrainingSearch(string folder, SearchState state, IProgress<(string, double)> progress) => (_folder, _state, _progress) = (folder, state, progress);

    private static string FileOf(string folder) => Path.Combine(folder, "search.json");

    /// <param name="plan">Its digest is filled in.</param>
    /// <exception cref="TrainerException">Bad data, networks that do not suit it, or a folder with another search.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the same search goes on.</exception>
    public static SearchState Run(string folder, SearchPlan plan, DataWish wish, SplitShares shares, IReadOnlyList<FindingKind> accepted, IProgress<(string, double)> progress, CancellationToken stop)
    {
        TorchRuntime.Start(plan.Threads);
        Directory.CreateDirectory(folder);
        var dataPath = Path.Combine(Path.GetFullPath(folder), "data.version.json");
        var data = Frozen(dataPath, plan, wish, shares, accepted, stop);
        plan = plan with { Data = data.Digest };
        var search = new TrainingSearch(folder, Begun(folder, plan) ?? new SearchState(plan, "", Drawn(plan, data, dataPath)), progress);
        search.Write();
        return search.Climb(stop);
    }

    private static DatasetVersion Frozen(string path, SearchPlan plan, DataWish wish, SplitShares shares, IReadOnlyList<FindingKind> accepted, CancellationToken stop)
    {
        if (!File.Exists(path))
        {
            using var opened = wish.Open(new FreezeOptions { Name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(wish.Data)), Shares = shares, Accepted = accepted }, plan.Threads, stop);
            VersionFile.Write(opened.Version, path);
        }

        return VersionJson.Read(path);
    }

    private static SearchState? Begun(string folder, SearchPlan plan)
    {
        var path = FileOf(folder);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var state = JsonSerializer.Deserialize(LimitedFile.Read(path), SearchJson.Default.SearchState) ?? throw new JsonException("it is empty.");
            return state.Plan with { Models = plan.Models } == plan && state.Plan.Models.SequenceEqual(plan.Models) ? state
                : throw new TrainerException($"{folder} holds another search: of {state.Plan.Budget} trials, {state.Plan.Epochs} epochs, seed {state.Plan.Seed}, {string.Join(", ", state.Plan.Models)}. Ask for the same to go on with it, or give another folder.");
        }
        catch (JsonException exception)
        {
            throw new TrainerException($"{path} cannot be read: {exception.Message} Search again into another folder.", exception);
        }
    }

    private static Trial[] Drawn(SearchPlan plan, DatasetVersion data, string dataPath)
    {
        var space = new SearchSpace(plan, data, dataPath);
        var drawn = Enumerable.Range(1, plan.Budget).Select(space.Draw).ToArray();
        var networks = drawn.Select((each, i) => new TimedNetwork($"trial {i + 1}", Exported(each.Graph))).ToArray();
        return [.. LatencyMeter.Measure(networks, threads: 1, runs: TimedRuns).Select((latency, i) => new Trial(i + 1, drawn[i].Settings, Math.Round(latency.MinMs, 4), drawn[i].Graph.ParameterCount, drawn[i].Graph.Macs))];
    }

    private static byte[] Exported(LayerGraph graph)
    {
        using var network = new Network(graph, seed: 1);
        return OnnxExport.Write(network);
    }

    private SearchState Climb(CancellationToken stop)
    {
        int[] kept = [.. _state.Trials.Select(trial => trial.Number)];
        var below = 0;
        foreach (var (count, epochs) in _state.Plan.Rungs())
        {
            kept = [.. ParetoOrder.Of(kept.Select(number => AsOf(_state.Trials[number - 1], below))).SelectMany(front => front).Take(count).Select(trial => trial.Number).Order()];
            Array.ForEach(kept, number => Try(number, epochs, stop));
            below = epochs;
        }

        return _state;
    }

    /// <summary>As it stood on a rung, because a search that goes on knows more of some already.</summary>
    private static Trial AsOf(Trial trial, int epochs) => trial with { Scores = [.. trial.Scores.Where(score => score.Epochs <= epochs)] };

    private void Try(int number, int epochs, CancellationToken stop)
    {
        var trial = _state.Trials[number - 1];
        if (trial.Scores.Any(score => score.Epochs == epochs))
        {
            return;
        }

        var run = Path.Combine("trials", FormattableString.Invariant($"{number:000}-{epochs}"));
        var path = Path.Combine(_folder, run);
        var (metric, value) = (_state.Metric, (double?)null);
        try
        {
            var watched = new Watched(_progress, $"trial {number}, {epochs} epoch{(epochs == 1 ? "" : "s")}");
            _ = RunFolder.Exists(path) ? TrainingRun.Resume(path, watched, stop) : TrainingRun.Start(path, trial.Settings with { Options = trial.Settings.Options with { Epochs = epochs } }, watched, stop);
            var last = RunFolder.Open(path).Folder.ReadEpochs()[^1];
            (metric, value) = (last.Metric, last.Validation);
        }
        catch (TrainerException exception) when (exception.IsDivergence)
        {
            // A learning rate that is too high is an answer too.
        }

        _state = _state with { Metric = metric, Trials = [.. _state.Trials.Select(each => each.Number == number ? each with { Scores = [.. each.Scores, new TrialScore(epochs, value, run)] } : each)] };
        Write();
    }

    private void Write() => AtomicFile.Write(FileOf(_folder), file => JsonSerializer.Serialize(file, _state, SearchJson.Default.SearchState));

    private sealed class Watched(IProgress<(string, double)> progress, string what) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((what, (value.Epoch - 1 + value.Share) / value.Epochs));
    }
}
