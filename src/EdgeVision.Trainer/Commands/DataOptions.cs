using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary>What the commands on data take.</summary>
internal static class DataOptions
{
    public static readonly Option<string> Data = new("--data") { Description = "fashion-mnist, a frozen version (JSON), or: folder per class, CSV file,label, COCO json, VOC xml, YOLO txt, idx, npz (file.npz#train), zip", Required = true, HelpName = "DATASET" };
    public static readonly Option<string?> Validation = new("--validation") { Description = "a set of its own to choose by; part of --data when not given", HelpName = "DATASET" };
    public static readonly Option<string?> Test = new("--test") { Description = "a set of its own to test on; part of --data when not given", HelpName = "DATASET" };
    public static readonly Option<string?> Images = new("--images") { Description = "where the pictures lie, when not where the data set says", HelpName = "DIR" };
    public static readonly Option<string?> Masks = new("--masks") { Description = "folder of PNG masks named like their pictures, or 'beside' when they lie beside them", HelpName = "DIR" };
    public static readonly Option<string?> ClassNames = new("--class-names") { Description = "class names of numbered classes, one a line", HelpName = "FILE" };
    public static readonly Option<string?> Classes = new("--classes") { Description = "classes in the order that is wanted, as of a model in service: a,b,c", HelpName = "NAMES" };
    public static readonly Option<string[]> Accept = new("--accept") { Description = $"go on in spite of a finding: {string.Join(", ", FindingWords.All)}", HelpName = "KIND", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [], Validators = { RequireKind } };
    public static readonly Option<double> ValidationShare = new("--validation-share") { Description = "0.15 when not given", HelpName = "SHARE", DefaultValueFactory = _ => SplitShares.Default.Validation };
    public static readonly Option<double> TestShare = new("--test-share") { Description = "0.15 when not given", HelpName = "SHARE", DefaultValueFactory = _ => SplitShares.Default.Test };
    public static readonly Option<bool> Exact = new("--exact") { Description = "look for equal pictures only, not for nearly equal ones" };
    public static readonly Option<long> Seed = new("--seed") { Description = "of the division, or of the augmentation; 1 when not given", HelpName = "N", DefaultValueFactory = _ => 1 };
    public static readonly Option<int> Threads = NumberOption.Of("--threads", "all of the machine's when not given", 1, int.MaxValue, Environment.ProcessorCount);
    public static readonly Option<bool> Json = new("--json") { Description = "JSON instead of lines" };

    /// <summary>The options that say which data is meant.</summary>
    public static IReadOnlyList<Option> Which { get; } = [Data, Validation, Test, Images, Masks, ClassNames, Classes, AliasOption.Map];

    public static DataWish WishOf(ParseResult arguments) => new()
    {
        Data = arguments.GetRequiredValue(Data), Validation = arguments.GetValue(Validation), Test = arguments.GetValue(Test),
        Pictures = arguments.GetValue(Images), Masks = arguments.GetValue(Masks), ClassNames = arguments.GetValue(ClassNames),
        Classes = arguments.GetValue(Classes)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Aliases = AliasOption.AliasesOf(arguments),
    };

    public static IReadOnlyList<FindingKind> AcceptedOf(ParseResult arguments) => [.. Words(arguments.GetRequiredValue(Accept)).Select(word => FindingWords.Parse(word)!.Value)];

    public static SplitShares SharesOf(ParseResult arguments) => new(arguments.GetValue(ValidationShare), arguments.GetValue(TestShare));

    public static Command With(this Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Add(option);
        }

        return command;
    }

    public static void Require(SymbolResult result, bool holds, string rule)
    {
        if (!holds)
        {
            result.AddError(rule);
        }
    }

    private static IEnumerable<string> Words(IEnumerable<string> values) => values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static void RequireKind(OptionResult result)
    {
        var unknown = Words(result.Tokens.Select(token => token.Value)).FirstOrDefault(word => FindingWords.Parse(word) is null);
        Require(result, unknown is null, $"--accept '{unknown}' is no finding; there are {string.Join(", ", FindingWords.All)}.");
    }
}
