using System.CommandLine;
using System.Globalization;
using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary><c>model prune</c>: whole channels are taken out of a network; a file in gives a file, a package a package.</summary>
internal static class PruneCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "an ONNX file, or the folder of a model package", Required = true, HelpName = "DIR|FILE" };
    private static readonly Option<double> Macs = new("--macs") { Description = "share of the multiply-accumulate operations that shall remain, above 0 and below 1", DefaultValueFactory = _ => 0.5, HelpName = "SHARE" };
    private static readonly Option<string> Importance = new Option<string>("--importance") { Description = "what tells weak channels: l1 or l2 of their weights, bn = scale of the batch normalisation", DefaultValueFactory = _ => "l1" }.AcceptOnlyFromAmong("l1", "l2", "bn");
    private static readonly Option<string> Scope = new Option<string>("--scope") { Description = "channels compete all over the network (global), or each layer loses the same share (uniform)", DefaultValueFactory = _ => "global" }.AcceptOnlyFromAmong("global", "uniform");
    private static readonly Option<int> Round = new("--round") { Description = "kept channels are multiples of it: 16 for AVX-512, 8 for AVX2, 32 for tensor cores; 1 = any number", DefaultValueFactory = _ => 1, HelpName = "N" };
    private static readonly Option<int> Least = new("--least") { Description = "every layer keeps as many channels", DefaultValueFactory = _ => 4, HelpName = "N" };
    private static readonly Option<string[]> Keep = new("--keep") { Description = "names of nodes whose channels all stay", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [], HelpName = "NODE" };
    private static readonly Option<string[]> Shape = new("--shape") { Description = "lengths of an input where the network leaves them open, as in --shape image=1,3,224,224", DefaultValueFactory = _ => [], HelpName = "NAME=N,N,.." };
    private static readonly Option<string> Output = new("--out") { Description = "where the smaller network goes; must not be there yet", Required = true, HelpName = "DIR|FILE" };

    public static Command Create()
    {
        var command = new Command("prune", "take whole channels out of a network, so that it computes less; what it loses in accuracy comes back by training")
        {
            Model, Macs, Importance, Scope, Round, Least, Keep, Shape, Output, ModelOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult arguments)
    {
        var (source, target) = (arguments.GetRequiredValue(Model), Path.TrimEndingDirectorySeparator(Path.GetFullPath(arguments.GetRequiredValue(Output))));
        if (Path.Exists(target))
        {
            throw new CompressionException($"{target} is there already: remove it, or give another place with --out.");
        }

        var package = Directory.Exists(source) ? ModelPackage.Open(source) : null;
        var network = PrunedNetwork.Of(package?.Read(package.ModelFile) ?? File.ReadAllBytes(source), package?.PathOf(package.ModelFile) ?? source, OptionsOf(arguments, package));
        if (package is null)
        {
            network.WriteFile(target);
        }
        else
        {
            network.WritePackage(target, package);
        }

        Print(arguments.GetValue(ModelOptions.Json), network, target);
    }

    private static void Print(bool asJson, PrunedNetwork network, string target)
    {
        if (asJson)
        {
            Console.WriteLine(PruneJson.Of(network, target));
            return;
        }

        foreach (var line in PruneText.Of(network, target))
        {
            Console.WriteLine(line);
        }
    }

    private static PruningOptions OptionsOf(ParseResult arguments, ModelPackage? package) => new()
    {
        Macs = arguments.GetValue(Macs),
        Importance = arguments.GetValue(Importance) switch { "l2" => Compression.Importance.L2, "bn" => Compression.Importance.BatchNormScale, _ => Compression.Importance.L1 },
        Scope = arguments.GetValue(Scope) == "uniform" ? PruningScope.Uniform : PruningScope.Global,
        RoundTo = arguments.GetValue(Round),
        MinimumChannels = arguments.GetValue(Least),
        Keep = arguments.GetRequiredValue(Keep).ToHashSet(StringComparer.Ordinal),
        InputShapes = arguments.GetRequiredValue(Shape).Select(Lengths).Concat(Promised(package)).DistinctBy(shape => shape.Name).ToDictionary(shape => shape.Name, shape => shape.Lengths, StringComparer.Ordinal),
    };

    private static IEnumerable<(string Name, IReadOnlyList<long> Lengths)> Promised(ModelPackage? package) =>
        package?.Manifest.Io.Inputs.Select(input => (input.Name, (IReadOnlyList<long>)[.. input.Shape.Select(length => (long)length)])) ?? [];

    private static (string Name, IReadOnlyList<long> Lengths) Lengths(string text)
    {
        var cut = text.LastIndexOf('=');
        var lengths = text[(cut + 1)..].Split(',').Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0).ToArray();
        return cut > 0 && lengths.All(length => length > 0) ? (text[..cut], lengths)
            : throw new CompressionException($"--shape {text} is not the name of an input and its lengths: write it as --shape image=1,3,224,224.");
    }
}
