using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary><c>repo sign</c>: a holder puts his signature on what waits, or those of a copy are taken over.</summary>
internal static class SignCommand
{
    private static readonly Option<string[]> Merge = new("--merge") { Description = "another copy of this repository whose signatures are taken over", DefaultValueFactory = _ => [] };

    public static Command Create() => RepoOptions.Signing("sign", "sign the drafts that wait, and publish those that have enough signatures", Run, Merge);

    private static void Run(ParseResult arguments)
    {
        var changes = RepositoryStatus.Read(arguments.GetRequiredValue(RepoOptions.Directory), TimeProvider.System).Changes;
        RepoEdit.Run(arguments, repository =>
        {
            foreach (var copy in arguments.GetRequiredValue(Merge))
            {
                repository.Merge(copy);
            }

            return (string.Join('\n', changes), new JsonObject { ["changes"] = new JsonArray([.. changes.Select(change => (JsonNode?)change)]) });
        });
    }
}
