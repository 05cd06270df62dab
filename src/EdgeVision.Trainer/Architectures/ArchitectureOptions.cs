using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>What a named network is fitted to.</summary>
internal sealed record ArchitectureOptions
{
    /// <summary>Classes that are told apart, 1 or more.</summary>
    public required int Classes { get; init; }

    /// <summary>The picture, as in [1, 28, 28].</summary>
    public required LayerShape Input { get; init; }

    /// <summary>Filters of every layer times this, to the nearest multiple of 8. Default 1, 0.1 to 4.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Default ReLU.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>Share of the features before the last layer that is left out while training. Default 0, below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>A number of filters at this width. Example: 24 at 0.5 is 16, because 12 is as near to 16 as to 8 and more sees better.</summary>
    public int Filters(int filters) => Width == 1 ? filters : Math.Max(8, (int)Math.Floor(filters * Width / 8 + 0.5) * 8);
}
