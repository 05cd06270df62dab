using System.CommandLine;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary><c>model inspect</c>: what a network or package holds, and what a device would say to it.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Target = new("FILE|DIR") { Description = "an ONNX file, or the folder of a model package" };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON instead of tables" };

    public static Command Create()
    {
        var command = new Command("inspect", "show size, operators, parameters, MACs and the heaviest layers of a network or package, and whether a device would take it") { Target, Json };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult arguments)
    {
        var target = arguments.GetRequiredValue(Target);
        var package = Directory.Exists(target) ? ModelPackage.Open(target) : null;
        InspectedModel[] models = package is null ? [InspectedModel.Read(target, null, new OnnxLimits(), File.ReadAllBytes(target))] : [.. package.Variants.Select(package.Select).Select(Read)];
        if (arguments.GetValue(Json))
        {
            RepoJson.Print(InspectJson.Of(package, models));
        }
        else
        {
            InspectText.Print(package, models);
        }
    }

    private static InspectedModel Read(ModelPackage package) =>
        InspectedModel.Read(package.PathOf(package.ModelFile), package.Variant, OnnxLimits.Of(package.Manifest), package.Read(package.ModelFile));
}
