using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>What cannot be asked for, said before anything takes time.</summary>
internal static class RequestRules
{
    /// <exception cref="CompressionException">A limit that means nothing, or an output folder that would destroy something.</exception>
    public static void Check(CompressionRequest request)
    {
        Require(double.IsFinite(request.MaxDrop) && request.MaxDrop is >= 0 and <= 100, $"--max-drop is 0 to 100 points, not {request.MaxDrop}.");
        Require(request.CalibrationLimit >= 1, $"--limit is 1 or more pictures, not {request.CalibrationLimit}.");
        Require(request.EvaluationLimit is null or >= 1, $"--evaluate-limit is 1 or more pictures, not {request.EvaluationLimit}.");
        Require(request.Threads is >= 1 and <= 1024, $"--threads is 1 to 1024, not {request.Threads}.");
        foreach (var input in new[] { request.Model, request.Calibration, request.Evaluation, request.Trained }.OfType<string>())
        {
            Require(!Holds(request.Output, input), $"--out {request.Output} holds {input}, and what it holds is replaced: give a folder of its own.");
        }

        RequireReplaceable(request.Output);
    }

    private static bool Holds(string folder, string path) => (Full(path) + Path.DirectorySeparatorChar).StartsWith(Full(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static void RequireReplaceable(string output)
    {
        Require(!File.Exists(output), $"--out {output} is a file: give a folder.");
        if (!Directory.Exists(output))
        {
            return;
        }

        HashSet<string> ours = [ModelPackage.ManifestName, ReportFiles.Folder, .. File.Exists(Path.Combine(output, ModelPackage.ManifestName)) ? ModelPackage.Open(output).Manifest.Files.Select(file => file.Name) : []];
        var foreign = Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).FirstOrDefault(name => !ours.Contains(name!));
        Require(foreign is null, $"--out {output} holds {foreign}, which is no part of a package, and what it holds is replaced: give a folder of its own.");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new CompressionException(problem);
        }
    }
}
