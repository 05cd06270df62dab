using EdgeVision.Compression;
using EdgeVision.Trainer.Layers;
using static EdgeVision.Trainer.Architectures.LearningTask;

namespace EdgeVision.Trainer.Architectures;

/// <summary>Networks by name. Classifiers and segmenters end with logits, of which the device makes what it needs; detectors with what its decoder <c>yolox</c> reads.</summary>
internal static class ArchitectureCatalog
{
    /// <summary>What suits the pictures.</summary>
    public const string Auto = "auto";

    // The founding network halves the picture twice and then joins all that is left: dear where that is much.
    private const int MostFounding = 40;

    private static readonly Dictionary<string, NamedArchitecture> Known = new(StringComparer.Ordinal)
    {
        ["founding"] = new(Classes, FoundingNetwork.Build),
        ["mlp"] = new(Classes, Perceptron.Build),
        ["resnet8"] = new(Classes, options => ResidualNetwork.Build("resnet8", options, [16, 32, 64], 1)),
        ["resnet14"] = new(Classes, options => ResidualNetwork.Build("resnet14", options, [16, 32, 64], 2)),
        ["resnet18"] = new(Classes, options => ResidualNetwork.Build("resnet18", options, [64, 128, 256, 512], 2)),
        ["mobilenet"] = new(Classes, MobileNetwork.Build),
        ["squeezenet"] = new(Classes, SqueezeNetwork.Build),
        ["gru"] = new(Classes, RecurrentNetwork.Build),
        ["detector"] = new(Boxes, DetectionNetwork.Build, DetectionNetwork.Strides[^1]),
        ["segmenter"] = new(Segments, SegmentationNetwork.Build, SegmentationNetwork.Multiple),
        ["anomaly"] = new(Anomalies, AnomalyNetwork.Build),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The name itself, or of the network that suits the set.</summary>
    public static string Suiting(string name, DatasetVersion version) => name != Auto ? name
        : version.Kind == DatasetKind.Boxes ? "detector"
        : version.Items.Any(item => item.MaskSha256 is not null) ? "segmenter"
        : version.Items.All(item => Math.Max(item.Width, item.Height) <= MostFounding) ? "founding" : "mobilenet";

    /// <exception cref="TrainerException">No such name.</exception>
    public static LearningTask TaskOf(string name) => Entry(name).Task;

    /// <summary>What width and height of the input must be multiples of.</summary>
    /// <exception cref="TrainerException">No such name.</exception>
    public static int MultipleOf(string name) => Entry(name).Multiple;

    /// <exception cref="TrainerException">No such name, or options out of range or that do not fit it.</exception>
    public static LayerGraph Build(string name, ArchitectureOptions options)
    {
        var known = Entry(name);
        return options switch
        {
            { Width: not (>= 0.1 and <= 4) } => throw new TrainerException($"Width {options.Width} is not from 0.1 to 4."),
            { Dropout: not (>= 0 and < 1) } => throw new TrainerException($"Dropout {options.Dropout} is not from 0 to below 1."),
            { Input: var input } when input.Width % known.Multiple != 0 || input.Height % known.Multiple != 0 => throw new TrainerException(
                $"{name} halves the picture again and again: {input.Width}x{input.Height} are not multiples of {known.Multiple}. Give --size {RoundUp(input.Width, known.Multiple)}x{RoundUp(input.Height, known.Multiple)}."),
            _ => known.Build(options),
        };
    }

    /// <summary>The least multiple that is not below. Example: 500 is 512 at 32.</summary>
    public static int RoundUp(int side, int multiple) => (side + multiple - 1) / multiple * multiple;

    private static NamedArchitecture Entry(string name) =>
        Known.TryGetValue(name, out var known) ? known : throw new TrainerException($"There is no network '{name}'; known are {string.Join(", ", Names)}.");
}
