using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary><c>repo rotate</c>: other keys for a role.</summary>
internal static class RotateCommand
{
    private static readonly Argument<string> Role = new("ROLE") { Description = "root, targets, snapshot, timestamp or a model" };
    private static readonly Option<string[]> Add = new("--add") { Description = "a key that it gets: a PEM file, public or private, or a pkcs11: URI", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> Remove = new("--remove") { Description = "a key that it loses: its id or the beginning of it", DefaultValueFactory = _ => [] };
    private static readonly Option<int?> Threshold = new("--threshold") { Description = "how many must sign from now on" };

    public static Command Create() => RepoOptions.Signing("rotate", "give a role other keys; a new root is signed by the old keys and by the new ones", Run, Role, Add, Remove, Threshold);

    private static void Run(ParseResult arguments)
    {
        var (added, removed, threshold) = (RepoOptions.ReadPublic(arguments, Add), arguments.GetRequiredValue(Remove), arguments.GetValue(Threshold));
        if (added.Count == 0 && removed.Length == 0 && threshold is null)
        {
            throw new RepositoryException("Say what changes: --add KEY, --remove KEYID or --threshold N.");
        }

        RepoEdit.Run(arguments, repository =>
        {
            repository.ChangeKeys(arguments.GetRequiredValue(Role), added, removed, threshold);
            return ($"{arguments.GetRequiredValue(Role)} has other keys", new JsonObject { ["role"] = arguments.GetRequiredValue(Role) });
        });
    }
}
