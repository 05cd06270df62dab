namespace EdgeVision.Planted;

/// <summary>A model made good or bad on purpose, with the gate that should stop it.</summary>
/// <param name="Name">As it is called in tables.</param>
/// <param name="Base">The model in service, with the pictures.</param>
/// <param name="Network">What the package ships.</param>
/// <param name="Reference">Who gave the answers of its golden set: the network its maker meant to ship. Its own where the maker knew no better.</param>
public sealed record PlantedModel(string Name, StoppedAt Expected, BaseModel Base, byte[] Network, byte[] Reference)
{
    public bool IsGood => Expected == StoppedAt.None;

    /// <summary>What the maker allows of memory; null = no budget.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>By how much its maker lets scores differ from the reference's; 8 bits need more.</summary>
    public double MaxScoreDelta { get; init; } = 0.05;

    public override string ToString() => Name;
}
