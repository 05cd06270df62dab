namespace EdgeVision.Trainer.Training;

/// <summary>How a run goes on from another one's weights; all else is as that one was trained.</summary>
/// <param name="Epochs">As <see cref="TrainingOptions.Epochs"/>.</param>
/// <param name="RateShare">Of the other run's learning rate, where <paramref name="LearningRate"/> is null: less, because what was learnt is not to be forgotten.</param>
/// <param name="LearningRate">As <see cref="TrainingOptions.LearningRate"/>; falls to 0 along a cosine.</param>
internal sealed record FineTuning(int Epochs, double RateShare, double? LearningRate = null)
{
    /// <summary>As <see cref="RunSettings.Imitation"/>, where classes are learnt; others learn the truth alone.</summary>
    public double Imitation { get; init; }

    /// <summary>The command line that said so; for the model's card.</summary>
    public string Command { get; init; } = "";

    public TrainingOptions Of(TrainingOptions source) =>
        source with { Epochs = Epochs, LearningRate = LearningRate ?? source.LearningRate * RateShare, Schedule = RateSchedule.Cosine, WarmupEpochs = 0 };
}
