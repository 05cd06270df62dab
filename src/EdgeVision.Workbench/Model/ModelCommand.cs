using System.CommandLine;

namespace EdgeVision.Workbench;

/// <summary><c>edgevision model</c></summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "networks and model packages: look into them, make them small and fast, measure them")
    {
        InspectCommand.Create(),
        CompressCommand.Create(),
        EvaluateCommand.Create(),
        CompareCommand.Create(),
        PruneCommand.Create(),
        PackageCommand.Create(),
    };
}
