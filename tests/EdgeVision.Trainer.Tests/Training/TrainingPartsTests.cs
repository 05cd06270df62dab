using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Training;
using EdgeVision.Trainer.Torch;

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
    public void Normalization_HalfBlackHalfWhite_IsMiddleAndHalf()
    {
        var of = Normalization.Of(new TrainingSet(LayerShape.Map(1, 1, 2), [0, 255, 255, 0], [0, 1]));

        Assert.Equal([127.5f, 127.5f], [.. of.Mean, .. of.Deviation]);
    }

    [Fact]
    public void Loader_Epoch_ShowsEverySampleOnceInAnotherOrder()
    {
        TorchRuntime.Start(1);
        using var loader = new SampleLoader(10, 4, LayerShape.Row(1), (index, _, values) => (int)(values[0] = index));

        int[] Seen(int epoch, int first = 0) => [.. loader.Shuffled(1, epoch, first).SelectMany(batch => batch.Labels.data<long>().ToArray()).Select(label => (int)label)];

        Assert.Equal(3, loader.Steps);
        Assert.Equal(Enumerable.Range(0, 10), Seen(0).Order());
        Assert.NotEqual(Seen(0), Seen(1));
        Assert.Equal(Seen(0)[4..], Seen(0, first: 1));
    }

    [Fact]
    public void Loader_SampleThatCannotBeRead_SaysWhyInsteadOfWaiting()
    {
        TorchRuntime.Start(1);
        using var loader = new SampleLoader(10, 4, LayerShape.Row(1), (index, _, _) => index < 8 ? 0 : throw new TrainerException("picture 8 is gone"));

        Assert.Equal("picture 8 is gone", Assert.Throws<TrainerException>(() => loader.InOrder().Count()).Message);
    }

    [Theory]
    [InlineData(0, 0.001, "epochs: 0 is not from 1 to 10000")]
    [InlineData(5, double.NaN, "learning rate: NaN is not from above 0 to 10")]
    public void Checked_OutOfRange_SaysTheRange(int epochs, double rate, string message) =>
        Assert.Contains(message, Assert.Throws<TrainerException>(() => new TrainingOptions { Epochs = epochs, LearningRate = rate }.Checked()).Message, StringComparison.Ordinal);
}
