using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Networks by name. Each ends with logits: the device's classifier makes probabilities of them.</summary>
internal static class ArchitectureCatalog
{
    /// <summary>What suits the pictures.</summary>
    public const string Auto = "auto";

    // The founding network halves the picture twice and then joins all that is left: dear where that is much.
    private const int MostFounding = 40;

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

    /// <summary>The name itself, or of the network that suits pictures of that size.</summary>
    public static string Suiting(string name, LayerShape input) => name != Auto ? name : Math.Max(input.Height, input.Width) <= MostFounding ? "founding" : "mobilenet";

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
