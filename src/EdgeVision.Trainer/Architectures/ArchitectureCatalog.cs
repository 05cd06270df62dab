using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Networks by name. Each ends with logits: the device's classifier makes probabilities of them.</summary>
internal static class ArchitectureCatalog
{
    private static readonly Dictionary<string, Func<ArchitectureOptions, LayerGraph>> Known = new(StringComparer.Ordinal)
    {
        ["founding"] = FoundingNetwork.Build,
        ["mlp"] = Perceptron.Build,
        ["resnet8"] = options => ResidualNetwork.Build("resnet8", options, [16, 32, 64], 1),
        ["resnet14"] = options => ResidualNetwork.Build("resnet14", options, [16, 32, 64], 2),
        ["resnet18"] = options => ResidualNetwork.Build("resnet18", options, [64, 128, 256, 512], 2),
        ["mobilenet"] = MobileNetwork.Build,
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <exception cref="TrainerException">No such name, or options out of range or that do not fit it.</exception>
    public static LayerGraph Build(string name, ArchitectureOptions options)
    {
        var build = Known.TryGetValue(name, out var known) ? known : throw new TrainerException($"There is no network '{name}'; known are {string.Join(", ", Names)}.");
        return options switch
        {
            { Width: not (>= 0.1 and <= 4) } => throw new TrainerException($"Width {options.Width} is not from 0.1 to 4."),
            { Dropout: not (>= 0 and < 1) } => throw new TrainerException($"Dropout {options.Dropout} is not from 0 to below 1."),
            _ => build(options),
        };
    }
}
