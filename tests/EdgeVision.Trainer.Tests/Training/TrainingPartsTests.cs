using EdgeVision.Imaging;
using EdgeVision.Trainer.Training;
using EdgeVision.Trainer.Torch;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

public class TrainingPartsTests
{
    [Fact]
    public void RateAt_WarmupThenCosine_RisesAndFallsTo0()
    {
        var options = new TrainingOptions { Epochs = 3, WarmupEpochs = 1, LearningRate = 1, Schedule = RateSchedule.Cosine };

        // 4 steps an epoch: 1/5 to 4/5, then half a cosine over 8 steps, whose middle is at step 8
        Assert.Equal([0.2, 0.8, 1, 0.5], new[] { 0, 3, 4, 8 }.Select(step => Math.Round(options.RateAt(step, 4), 6)));
        Assert.InRange(options.RateAt(11, 4), 0, 0.04);
    }

    [Fact]
    public void Weights_ThreeOfOneAndOneOfAnother_MeanOneOverTheSamples() => Assert.Equal([2f / 3, 2, 0], ClassBalance.Weights([0, 0, 0, 1], 3));

    [Fact]
    public void Fit_ColourPictures_BringsEachChannelToMean0AndDeviation1()
    {
        using var set = new PictureSet().Patterns("one", 0, 12, width: 32, height: 32).Patterns("two", 12, 12, width: 32, height: 32);
        using var data = new OpenedVersion(VersionFreezer.Freeze(set.Judge(), new FreezeOptions { Name = "set", Shares = new SplitShares(0, 0) }));
        var spec = Normalization.Fit(data, data.Version.Items, new TensorSpec { Width = 32, Height = 32 });

        using var batch = new BatchLoader(data, data.Version.Items, spec, new BatchOptions()).Epoch(0, stop: TestContext.Current.CancellationToken).Single();
        foreach (var channel in Enumerable.Range(0, 3))
        {
            var values = batch.Pixels.ToArray().Where((_, i) => i / 1024 % 3 == channel).ToArray();
            Assert.Equal(0, values.Average(), 4);
            Assert.Equal(1, values.Average(value => value * value), 4);
        }
    }

    [Theory]
    [InlineData(1, 0.105361)] // -ln .9
    [InlineData(2, 0.105361)]
    public void Loss_SmoothedWeightedAndFocused_IsAsByHand(int copies, double certain)
    {
        TorchRuntime.Start(1);
        using var plain = new ClassificationObjective(2);
        using var batch = Labelled([.. Enumerable.Repeat(0, copies)]);
        using var answer = torch.tensor(Enumerable.Repeat(new[] { MathF.Log(0.9f), MathF.Log(0.1f) }, copies).SelectMany(row => row).ToArray(), copies, 2);
        double Of(Objective objective)
        {
            using (objective)
            {
                return objective.Loss(answer, answer, batch).item<float>();
            }
        }

        Assert.Equal(certain, Of(plain), 5);
        Assert.Equal(certain * 0.01, Of(new ClassificationObjective(2, focus: 2)), 5);
        Assert.Equal(0.95 * certain - 0.05 * Math.Log(0.1), Of(new ClassificationObjective(2, smoothing: 0.1)), 5);
        Assert.Equal(certain, Of(new ClassificationObjective(2, [3, 1])), 5); // all of one class: weights change nothing
    }

    [Fact]
    public void Loss_MixedLabels_IsMixedInTheirShares()
    {
        TorchRuntime.Start(1);
        using var objective = new ClassificationObjective(2);
        using var batch = Labelled([0, 1]);
        batch.MixLabels([1, 0], 0.7f);
        using var answer = torch.tensor(new[] { MathF.Log(0.9f), MathF.Log(0.1f), MathF.Log(0.9f), MathF.Log(0.1f) }, 2, 2);

        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.1)) / 2, objective.Loss(answer, answer, batch).item<float>(), 5);
    }

    [Theory]
    [InlineData(0, 0.001, "epochs: 0 is not from 1 to 10000")]
    [InlineData(5, double.NaN, "learning rate: NaN is not from above 0 to 10")]
    public void Checked_OutOfRange_SaysTheRange(int epochs, double rate, string message) =>
        Assert.Contains(message, Assert.Throws<TrainerException>(() => new TrainingOptions { Epochs = epochs, LearningRate = rate }.Checked()).Message, StringComparison.Ordinal);

    private static Batch Labelled(int[] labels)
    {
        var batch = new Batch(new TensorSpec { Width = 1, Height = 1 }, labels.Length, classes: 2);
        batch.Reset(labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            batch.SetLabel(i, labels[i]);
        }

        return batch;
    }
}
