using EdgeVision.Trainer.Search;
using EdgeVision.Trainer.Tests.Training;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private static readonly SearchPlan Plan = new("", Budget: 3, Epochs: 3, Samples: 0, ["mlp", "founding"], Seed: 1, Threads: 1);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(9, 9, "9x1 3x3 1x9")]
    [InlineData(9, 10, "9x1 3x3 1x10")]
    [InlineData(5, 9, "5x3 1x9")]
    [InlineData(1, 4, "1x4")]
    public void Rungs_BudgetAndEpochs_AreThirds(int budget, int epochs, string rungs) =>
        Assert.Equal(rungs, string.Join(' ', (Plan with { Budget = budget, Epochs = epochs }).Rungs().Select(rung => $"{rung.Trials}x{rung.Epochs}")));

    [Fact]
    public void ParetoOrder_GoodAndFast_ComeBeforeWhatTheyBeat()
    {
        Trial[] trials = [Trial(1, 0.8, 2), Trial(2, 0.9, 2), Trial(3, 0.8, 1), Trial(4, null, 0.1)];

        Assert.Equal([[2, 3], [1], [4]], ParetoOrder.Of(trials).Select(front => front.Select(trial => trial.Number).ToArray()));
    }

    [Fact]
    public void Run_StoppedAndAskedAgain_GoesOnAndRepeatsNothing()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run(new Stopper(stop, "trial 2"), stop.Token));

        var state = Run(new Stopper(stop, "nothing"), default);

        Assert.Equal(4, state.Trials.Sum(trial => trial.Scores.Count)); // three for one epoch, one of them for three
        Assert.All(state.Trials.SelectMany(trial => trial.Scores), score => Assert.NotNull(RunFolder.Open(_directory.File($"search/{score.Run}")).Folder.ReadResult()));
        Assert.All(state.Trials, trial => Assert.Equal("mlp", trial.Settings.Model)); // the founding network has more pools than 8 pixels bear
        Assert.Contains(" *", string.Join('\n', SearchText.Of(state)), StringComparison.Ordinal);

        var watch = new Stopper(stop, "nothing");
        Run(watch, default);
        Assert.Equal(0, watch.Reports);
        Assert.Contains("another search", Assert.Throws<TrainerException>(() => Run(watch, default, Plan with { Seed = 2 })).Message, StringComparison.Ordinal);
    }

    private SearchState Run(Stopper watch, CancellationToken stop, SearchPlan? plan = null) => TrainingSearch.Run(
        _directory.File("search"), plan ?? Plan, new DataWish { Data = Stripes.Write(_directory.File("data"), 200) }, new SplitShares(0.25, 0.25), [], watch, stop);

    private static Trial Trial(int number, double? value, double latency) =>
        new(number, new RunSettings { Model = "mlp", Data = new DataWish { Data = "x" } }, latency, 1, 1) { Scores = [new TrialScore(1, value, "")] };

    private sealed class Stopper(CancellationTokenSource stop, string at) : IProgress<(string What, double Share)>
    {
        public int Reports { get; private set; }

        public void Report((string What, double Share) value)
        {
            Reports++;
            if (value.What.StartsWith(at, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
