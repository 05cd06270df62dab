using System.CommandLine;

namespace EdgeVision.Workbench;

/// <summary><c>edgevision model</c></summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "networks and packages: make them small and fast, prove that they still see, package them")
    {
        CompressCommand.Create(), PackageCommand.Create(),
    };
}
