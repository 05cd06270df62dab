using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary><c>repo init</c>: a repository that releases nothing yet.</summary>
internal static class InitCommand
{
    private static readonly Option<bool> Development = new("--dev") { Description = "make one key for each role on this machine (for a desk, not for a site)" };
    private static readonly Option<string[]> Root = Keys("--root-key", "a key of root: usually three, each with a holder of its own, offline");
    private static readonly Option<int?> RootThreshold = new("--root-threshold") { Description = "how many of them must sign; 2 when not given" };
    private static readonly Option<string[]> Targets = Keys("--targets-key", "a key of targets: of those who decide together what is released");
    private static readonly Option<int?> TargetsThreshold = new("--targets-threshold") { Description = "how many of them must sign; all of them when not given" };
    private static readonly Option<string[]> Online = Keys("--online-key", "a key of snapshot and timestamp, on the machine that renews them");

    public static Command Create() => RepoOptions.Signing("init", "make a repository", Run, Development, Root, RootThreshold, Targets, TargetsThreshold, Online);

    private static void Run(ParseResult arguments)
    {
        var directory = arguments.GetRequiredValue(RepoOptions.Directory);
        using var repository = RepositoryWriter.Create(directory, () => arguments.GetValue(Development) ? MakeKeys(arguments, directory) : ReadSetup(arguments), TimeProvider.System);
        using var ring = RepoOptions.OpenKeys(arguments);
        RepoEdit.Finish(arguments, repository, ring, $"made {Path.GetFullPath(directory)}", new JsonObject { ["directory"] = Path.GetFullPath(directory) });
    }

    private static RepositorySetup MakeKeys(ParseResult arguments, string directory)
    {
        var folder = arguments.GetRequiredValue(RepoOptions.Keys) is [var given, ..] ? given : KeyRing.FolderBeside(directory);
        var setup = DevelopmentKeys.Make(folder);
        Console.Error.WriteLine($"edgevision: {DevelopmentKeys.Warning(folder)}");
        return setup;
    }

    private static RepositorySetup ReadSetup(ParseResult arguments)
    {
        var (root, targets, online) = (RepoOptions.ReadPublic(arguments, Root), RepoOptions.ReadPublic(arguments, Targets), RepoOptions.ReadPublic(arguments, Online));
        if (root.Count == 0 || targets.Count == 0 || online.Count == 0)
        {
            throw new RepositoryException("A repository needs --root-key (three), --targets-key (two) and --online-key (one), public keys will do; make them with: edgevision repo key new FILE. For a desk: --dev.");
        }

        return new RepositorySetup(root, arguments.GetValue(RootThreshold) ?? 2, targets, arguments.GetValue(TargetsThreshold) ?? targets.Count, online);
    }

    private static Option<string[]> Keys(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => [] };
}
