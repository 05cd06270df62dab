namespace EdgeVision.Trainer;

/// <summary>How a set is made into batches.</summary>
internal sealed record BatchOptions
{
    /// <summary>Pictures, 1 or more. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Of order and augmentation.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether each epoch has an order of its own. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Pictures that a batch has at least; a smaller last one is left out. Default 1; 2 to learn from, because a normalisation makes nothing of one picture.</summary>
    public int LeastBatch { get; init; } = 1;

    public AugmentationPolicy Policy { get; init; } = AugmentationPolicy.None;

    /// <summary>Threads that make batches; what they make does not depend on how many they are. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Batches made ahead. Default 4.</summary>
    public int Ahead { get; init; } = 4;

    /// <summary>Memory for decoded pictures. Default 1 GiB.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>Which part of each epoch is made, of <see cref="Ranks"/>: for training in several processes.</summary>
    public int Rank { get; init; }

    public int Ranks { get; init; } = 1;
}
