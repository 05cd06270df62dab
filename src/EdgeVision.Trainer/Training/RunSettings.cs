namespace EdgeVision.Trainer.Training;

/// <summary>What is trained with what: all that the command line says.</summary>
internal sealed record RunSettings
{
    /// <summary>A name of <see cref="Architectures.ArchitectureCatalog"/>.</summary>
    public required string Model { get; init; }

    /// <summary>As <see cref="Architectures.ArchitectureOptions.Width"/>.</summary>
    public double Width { get; init; } = 1;

    /// <summary>As <see cref="Architectures.ArchitectureOptions.Dropout"/>.</summary>
    public double Dropout { get; init; }

    /// <summary>As <see cref="TrainingData.Open"/>.</summary>
    public required string Data { get; init; }

    /// <summary>Pictures to learn from; 0 = all.</summary>
    public int Samples { get; init; }

    public TrainingOptions Options { get; init; } = new();
}
