namespace EdgeVision.Update;

/// <summary>Which release of a repository is meant.</summary>
/// <param name="Path">Of its manifest in the repository.</param>
internal sealed record ImportChoice(string Model, string Version, string Sha256, string Path)
{
    private const string Ending = ".manifest.json";
    private const int MostNamed = 10;

    /// <summary>The one release there is, or the one that model and version name.</summary>
    /// <exception cref="ImportException">None, or several.</exception>
    public static ImportChoice Among(IEnumerable<string> paths, string? model, string? version)
    {
        var all = paths.Select(TryRead).OfType<ImportChoice>().OrderBy(each => each.Path, StringComparer.Ordinal).ToList();
        var meant = all.Where(each => (model is null || each.Model == model) && (version is null || each.Version == version)).ToList();
        return meant is [var one] ? one
            : all.Count == 0 ? throw new ImportException("there is no release in it: targets/models/MODEL/VERSION/DIGEST.manifest.json is missing. Copy the whole repository: metadata, targets and objects")
            : throw new ImportException($"{(meant.Count == 0 ? "there is no such release" : "there are several releases")}: name one with --model and --release. There are {string.Join(", ", all.Take(MostNamed).Select(each => $"{each.Model} {each.Version}"))}{(all.Count > MostNamed ? ", ..." : "")}");
    }

    private static ImportChoice? TryRead(string path) =>
        path.Split('/') is [ImportRules.Targets, "models", var model, var version, var file] && file.EndsWith(Ending, StringComparison.Ordinal) && DeploymentRules.IsSha256(file[..^Ending.Length])
            ? new ImportChoice(model, version, file[..^Ending.Length], path)
            : null;
}
