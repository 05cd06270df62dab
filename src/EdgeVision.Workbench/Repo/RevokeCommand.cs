using System.CommandLine;
using System.Text.Json.Nodes;

namespace EdgeVision.Workbench;

/// <summary><c>repo revoke release|key</c></summary>
internal static class RevokeCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "its name" };
    private static readonly Argument<string> Version = new("VERSION") { Description = "the release that no device may run any more" };
    private static readonly Argument<string> KeyId = new("KEYID") { Description = "the key's id or the beginning of it; see repo status" };
    private static readonly Option<string?> Successor = new("--add") { Description = "the key that takes its place in every role" };

    public static Command Create() => new("revoke", "take a release or a key out of use")
    {
        RepoOptions.Signing("release", "devices refuse it, and those that run it go back (code 106)", RunRelease, Model, Version),
        RepoOptions.Signing("key", "it may sign nothing any more, in any role", RunKey, KeyId, Successor),
    };

    private static void RunRelease(ParseResult arguments) => RepoEdit.Run(arguments, repository =>
    {
        var release = repository.RevokeRelease(arguments.GetRequiredValue(Model), arguments.GetRequiredValue(Version));
        return ($"revokes {release.Model} {release.Version}", new JsonObject { ["release"] = RepoJson.Of(release with { IsRevoked = true }) });
    });

    private static void RunKey(ParseResult arguments)
    {
        var successor = arguments.GetValue(Successor) is { } reference ? KeyReference.ReadPublic(reference, RepoOptions.Passphrase(arguments)) : null;
        RepoEdit.Run(arguments, repository =>
        {
            var roles = repository.RevokeKey(arguments.GetRequiredValue(KeyId), successor);
            return ($"takes the key out of {string.Join(", ", roles)}", new JsonObject { ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode?)role)]) });
        });
    }
}
