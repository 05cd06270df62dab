using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary>Options that several commands on models take.</summary>
internal static class ModelOptions
{
    public static readonly Option<string> Output = new("--out") { Description = "folder of the package to write", Required = true, HelpName = "DIR" };
    public static readonly Option<string?> Version = new("--version") { Description = "version of the new package", HelpName = "VERSION" };
    public static readonly Option<long?> Counter = new("--counter") { Description = "counter of the new package: grows with every release", HelpName = "N" };
    public static readonly Option<bool> Json = new("--json") { Description = "JSON instead of lines" };

    /// <summary>An option that is one of some words.</summary>
    public static Option<T> Word<T>(string name, string description, T whenAbsent, params (string Word, T Value)[] words)
    {
        var option = new Option<T>(name)
        {
            Description = $"{description} ({string.Join(", ", words.Select(each => each.Word))})",
            HelpName = string.Join('|', words.Select(each => each.Word)),
            DefaultValueFactory = _ => whenAbsent,
            CustomParser = result => Read(result, name, words),
        };
        option.CompletionSources.Add(_ => words.Select(each => new System.CommandLine.Completions.CompletionItem(each.Word)));
        return option;
    }

    /// <summary>Refuses to write over what is not a package.</summary>
    /// <exception cref="CompressionException">Something else lies there.</exception>
    public static void RequireFree(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new CompressionException($"{directory} is there already: remove it, or give another folder with --out.");
        }
    }

    private static T Read<T>(ArgumentResult result, string name, (string Word, T Value)[] words)
    {
        foreach (var each in words.Where(each => result.Tokens is [var token] && token.Value == each.Word))
        {
            return each.Value;
        }

        result.AddError($"{name} is one of {string.Join(", ", words.Select(each => each.Word))}, not '{string.Join(' ', result.Tokens)}'.");
        return default!;
    }
}
