namespace EdgeVision.Trainer.Training;

/// <summary>How far a training is; with the tensors of a checkpoint, all that it needs to go on.</summary>
internal sealed record TrainingState
{
    /// <summary>Epochs done.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of the next epoch done.</summary>
    public int Step { get; init; }

    /// <summary>Of those: sum of the samples' losses, samples answered rightly, and seconds.</summary>
    public double LossSum { get; init; }

    /// <summary>Null where none is simply right or wrong.</summary>
    public int? Correct { get; init; } = 0;

    public int Seen { get; init; }

    public double Seconds { get; init; }

    /// <summary>Seconds of the epochs done, without validation.</summary>
    public double EpochSeconds { get; init; }

    /// <summary>The best validation so far; -1 = none yet.</summary>
    public double BestValue { get; init; } = -1;

    public int BestEpoch { get; init; }

    /// <summary>Processes that train together. With another number it goes on from the same weights and through the same batches, but not to the same last digits.</summary>
    public int Ranks { get; init; } = 1;
}
