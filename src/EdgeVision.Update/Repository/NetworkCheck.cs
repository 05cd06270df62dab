using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Looks through every network of a package before any parser of C++ sees one.</summary>
internal static class NetworkCheck
{
    public static StepFailure? Check(ModelPackage package)
    {
        var limits = OnnxLimits.Of(package.Manifest);
        foreach (var file in package.Manifest.Files.Where(file => file.Role == "model"))
        {
            if (OnnxWalker.Check(package.Read(file), limits) is { IsOk: false } verdict)
            {
                return new StepFailure(CodeOf(verdict.Problem), verdict.Describe(file.Name));
            }
        }

        return null;
    }

    private static UpdateCode CodeOf(OnnxProblem problem) => problem switch
    {
        OnnxProblem.ExternalData => UpdateCode.ExternalData,
        OnnxProblem.Unsupported => UpdateCode.Runtime,
        OnnxProblem.Memory => UpdateCode.Memory,
        _ => UpdateCode.Parse,
    };
}
