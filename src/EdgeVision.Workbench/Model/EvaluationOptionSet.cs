using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>What the commands that look at a data set take.</summary>
internal static class EvaluationOptionSet
{
    public static readonly Option<string> Data = new("--data") { Description = "folder per class, folder of pictures, CSV file,label, COCO json, VOC xml, YOLO txt, idx, npz (file.npz#test) or zip", Required = true, HelpName = "DATASET" };
    public static readonly Option<string?> Variant = new("--variant") { Description = "of the package; the first when not given", HelpName = "NAME" };
    public static readonly Option<string?> CompareVariant = new("--compare-variant") { Description = "of the other package; the first when not given", HelpName = "NAME" };
    public static readonly Option<int> Limit = AtLeast("--limit", "pictures, evenly chosen; all when not given", 0);
    public static readonly Option<int> Threads = AtLeast("--threads", "within one operator; 1 when not given", 1);
    public static readonly Option<string?> Images = new("--images") { Description = "where the pictures lie, when not where the data set says", HelpName = "DIR" };
    public static readonly Option<string?> ClassNames = new("--class-names") { Description = "class names of numbered classes, one a line", HelpName = "FILE" };
    public static readonly Option<double> MaxUnreadable = new("--max-unreadable") { Description = "share of unreadable pictures from which it is an error; 0.01 when not given", HelpName = "SHARE", DefaultValueFactory = _ => 0.01 };

    public static ModelPackage Open(string directory, string? variant) => variant is null ? ModelPackage.Open(directory) : ModelPackage.Open(directory).Select(variant);

    public static DatasetOptions DatasetOptionsOf(ParseResult arguments, ModelPackage package) => DatasetOptions.For(package) with
    {
        Limit = arguments.GetValue(Limit),
        Pictures = arguments.GetValue(Images),
        ClassNames = arguments.GetValue(ClassNames),
        Aliases = AliasOption.AliasesOf(arguments),
    };

    /// <summary>Work that takes a while, with a bar where somebody sees it.</summary>
    public static T Watched<T>(ParseResult arguments, Func<Func<string, IProgress<double>?>, T> work) =>
        arguments.GetValue(ModelOptions.Json) || Console.IsErrorRedirected || Console.IsOutputRedirected ? work(_ => null) : ProgressDisplay.Run(display => work(display.Task));

    /// <summary>Where pictures lie and what classes are called, alone.</summary>
    public static DatasetOptions NamesOf(ParseResult arguments) => new() { Pictures = arguments.GetValue(Images), ClassNames = arguments.GetValue(ClassNames), Aliases = AliasOption.AliasesOf(arguments) };

    private static Option<int> AtLeast(string name, string description, int least) => NumberOption.Of(name, description, least, int.MaxValue, least);
}
