using System.CommandLine;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary>Options that several commands on models take.</summary>
internal static class ModelOptions
{
    public static readonly Option<string> Output = new("--out") { Description = "folder of the package to write", Required = true, HelpName = "DIR" };
    public static readonly Option<string?> Version = new("--version") { Description = "version of the new package", HelpName = "VERSION" };
    public static readonly Option<long?> Counter = new("--counter") { Description = "counter of the new package: grows with every release", HelpName = "N" };
    public static readonly Option<bool> Json = new("--json") { Description = "JSON instead of lines" };

    /// <summary>Refuses to write over what is not a package.</summary>
    /// <exception cref="CompressionException">Something else lies there.</exception>
    public static void RequireFree(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new CompressionException($"{directory} is there already: remove it, or give another folder with --out.");
        }
    }
}
