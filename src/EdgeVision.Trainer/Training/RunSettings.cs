using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Pruning;
using EdgeVision.Trainer.Quantization;

namespace EdgeVision.Trainer.Training;

/// <summary>What is trained with what: all that the command line says.</summary>
internal sealed record RunSettings
{
    /// <summary>Every layer learns as fast as the others.</summary>
    public static readonly IReadOnlyDictionary<string, double> EqualRates = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>A name of <see cref="Architectures.ArchitectureCatalog"/>, or auto before a run begins.</summary>
    public required string Model { get; init; }

    /// <summary>As <see cref="Architectures.ArchitectureOptions.Width"/>.</summary>
    public double Width { get; init; } = 1;

    /// <summary>As <see cref="Architectures.ArchitectureOptions.Dropout"/>.</summary>
    public double Dropout { get; init; }

    /// <summary>As <see cref="ArchitectureOptions.Activation"/>.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>As <see cref="PrunedGraph.Of"/>; null = as the model has them.</summary>
    public IReadOnlyDictionary<string, int>? Widths { get; init; }

    /// <summary>How weights are rounded while it learns for 8 bits; null = it learns in floats.</summary>
    public WeightScaling? Quantization { get; init; }

    public required DataWish Data { get; init; }

    /// <summary>How the data is divided, where it is not frozen yet.</summary>
    public SplitShares Shares { get; init; } = SplitShares.Default;

    /// <summary>Findings to go on with, where it is not frozen yet.</summary>
    public IReadOnlyList<FindingKind> Accepted { get; init; } = [];

    /// <summary>As <see cref="FreezeOptions.Earlier"/>, its file; null = none.</summary>
    public string? Earlier { get; init; }

    /// <summary>Names of what masks tell apart, by their grey values; empty = as <see cref="TrainingData.AnswerClasses"/> says.</summary>
    public IReadOnlyList<string> MaskClasses { get; init; } = [];

    /// <summary>Pictures to learn from; 0 = all.</summary>
    public int Samples { get; init; }

    /// <summary>Of the input, as in 224 or 416x256; null = what suits the pictures.</summary>
    public string? Size { get; init; }

    /// <summary>As <see cref="AugmentationPolicy.Parse"/>.</summary>
    public string Augment { get; init; } = AugmentationPolicy.None.Name;

    /// <summary>What it begins with, as <see cref="Donor.Open"/>; null = from scratch.</summary>
    public string? From { get; init; }

    /// <summary>Share of what it learns that is the answers of <see cref="From"/>, a run; the rest is the truth.</summary>
    public double Imitation { get; init; }

    /// <summary>Share of the learning rate for layers that are taken over whole from <see cref="From"/>; a run has it in its <see cref="LayerRates"/>.</summary>
    public double TransferRate { get; init; } = 1;

    /// <summary>As <see cref="LayerRates.For"/>.</summary>
    public IReadOnlyDictionary<string, double> LayerRates { get; init; } = EqualRates;

    /// <summary>What wrong answers cost, where one of two classes is an alarm; null = nobody said.</summary>
    public DecisionCost? Cost { get; init; }

    /// <summary>The command line that said all this, behind those of the runs that it goes on from; for the model's card.</summary>
    public string Command { get; init; } = "";

    public TrainingOptions Options { get; init; } = new();
}
