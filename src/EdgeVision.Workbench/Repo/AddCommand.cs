using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Workbench;

/// <summary><c>repo add</c>: a model package becomes a release, as soon as enough keys have signed it.</summary>
internal static class AddCommand
{
    private static readonly Argument<string> Package = new("PACKAGE") { Description = "folder of a model package (manifest.json and its files)" };
    private static readonly Option<string[]> FamilyKey = new("--family-key") { Description = "for the first release of a model: who signs its releases; those of targets when not given", DefaultValueFactory = _ => [] };
    private static readonly Option<int?> FamilyThreshold = new("--family-threshold") { Description = "how many of them must sign; all of them when not given" };

    public static Command Create() => RepoOptions.Signing("add", "release a model package", Run, Package, FamilyKey, FamilyThreshold);

    private static void Run(ParseResult arguments) => RepoEdit.Run(arguments, repository =>
    {
        var release = repository.Add(ModelPackage.Open(arguments.GetRequiredValue(Package)), Family(arguments));
        var text = $"{(release.IsPublished ? "is released already: " : "")}{release.Model} {release.Version}, counter {release.Counter}, manifest sha256:{release.ManifestSha256}";
        return (text, new JsonObject { ["release"] = RepoJson.Of(release) });
    });

    private static RoleKeys? Family(ParseResult arguments)
    {
        var keys = RepoOptions.ReadPublic(arguments, FamilyKey);
        return keys.Count == 0 ? null : new RoleKeys(keys.ToDictionary(key => key.Id), new TufRole([.. keys.Select(key => key.Id)], arguments.GetValue(FamilyThreshold) ?? keys.Count));
    }
}
