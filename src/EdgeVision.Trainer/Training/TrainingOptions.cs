namespace EdgeVision.Trainer.Training;

/// <summary>How a network is trained. Kept with the run, so that it goes on as it began.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Times that every picture is seen. Default 5, 1 to 10,000.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Pictures of one step. Default 32, 1 to 4,096.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Default Adam.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Default 0.001, above 0 to 10.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Pull of weights towards 0. Default 0, to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Default constant.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Constant;

    /// <summary>Epochs over which the rate rises from 0; may be a part of one. Default 0.</summary>
    public double WarmupEpochs { get; init; }

    /// <summary>Share of the old in a running mean of the weights, which is then what is judged and exported. Default 0 = none; below 1, as 0.999.</summary>
    public double AverageDecay { get; init; }

    /// <summary>Length that the gradient of all weights is cut to. Default 0 = none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Share of the truth that is spread over all classes (Szegedy et al. 2016, 1512.00567). Default 0, below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Power of what is missing to certainty that a picture counts with (focal loss, Lin et al. 2017, 1708.02002). Default 0 = all count the same, to 10; 2 is usual.</summary>
    public double Focus { get; init; }

    /// <summary>Whether rare classes count more, by the inverse of their share. Default false.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Epochs without a better validation after which training stops, and the best epoch's weights are taken. Default 0 = never, and the last ones are.</summary>
    public int Patience { get; init; }

    /// <summary>Where all chance comes from. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads of one operation; another number gives weights that differ in the last digits. Default 2, 1 to 256.</summary>
    public int Threads { get; init; } = 2;

    /// <exception cref="TrainerException">One of them is out of its range.</exception>
    public TrainingOptions Checked()
    {
        Require(Epochs is >= 1 and <= 10_000, "epochs", Epochs, "1 to 10000");
        Require(BatchSize is >= 1 and <= 4_096, "batch", BatchSize, "1 to 4096");
        Require(LearningRate is > 0 and <= 10, "learning rate", LearningRate, "above 0 to 10");
        Require(WeightDecay is >= 0 and <= 1, "weight decay", WeightDecay, "0 to 1");
        Require(WarmupEpochs >= 0 && WarmupEpochs <= Epochs, "warm-up", WarmupEpochs, "0 to the number of epochs");
        Require(AverageDecay is >= 0 and < 1, "decay of the mean of weights", AverageDecay, "0 to below 1");
        Require(ClipNorm is >= 0 and < double.PositiveInfinity, "gradient's greatest length", ClipNorm, "0 or more");
        Require(LabelSmoothing is >= 0 and < 1, "label smoothing", LabelSmoothing, "0 to below 1");
        Require(Focus is >= 0 and <= 10, "focal power", Focus, "0 to 10");
        Require(Patience >= 0, "patience", Patience, "0 or more");
        Require(Threads is >= 1 and <= 256, "threads", Threads, "1 to 256");
        return this;
    }

    /// <summary>The rate of one step of all.</summary>
    /// <param name="step">From 0.</param>
    public double RateAt(long step, int stepsInEpoch)
    {
        var (warmup, total) = (WarmupEpochs * stepsInEpoch, (double)Epochs * stepsInEpoch);
        return step < warmup ? LearningRate * (step + 1) / (warmup + 1)
            : Schedule == RateSchedule.Constant ? LearningRate
            : LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warmup) / (total - warmup)));
    }

    private static void Require(bool holds, string what, double value, string range)
    {
        if (!holds)
        {
            throw new TrainerException(FormattableString.Invariant($"{what}: {value} is not from {range}."));
        }
    }
}
