using System.CommandLine;
using EdgeVision.Onnx;

namespace EdgeVision.Workbench;

/// <summary><c>model inspect</c>: what a network or package holds, and what a device would say to it.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Target = new("FILE|DIR") { Description = "an ONNX file, or the folder of a model package" };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON instead of tables" };

    public static Command Create()
    {
        var command = new Command("inspect", "show size, operators, parameters, MACs and the heaviest layers of a network or package") { Target, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var file = arguments.GetRequiredValue(Target);
        var model = OnnxModel.Load(File.ReadAllBytes(file), Path.GetFileName(file));
        Console.WriteLine($"{file}: opset {model.Opset}, {model.Graph.Nodes.Count} nodes");
        return 0;
    }
}
