using System.Text.Json;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>What the targets of a repository say: releases and policy.</summary>
internal static class RepositoryContents
{
    /// <summary>Published ones and those that wait, by model and counter.</summary>
    public static IReadOnlyList<RepositoryRelease> Releases(this RepositoryState state)
    {
        var policy = state.Policy;
        return
        [
            .. state.Families.SelectMany(family => state.Latest(family.Name)?.Content.Targets ?? Enumerable.Empty<KeyValuePair<string, TargetEntry>>())
                .Select(target => Read(target.Key, target.Value)).OfType<RepositoryRelease>()
                .Select(release => release with { IsPublished = IsPublished(state, release), IsRevoked = policy.Revoked.Contains(release.ManifestSha256) })
                .OrderBy(release => release.Model, StringComparer.Ordinal).ThenBy(release => release.Counter),
        ];
    }

    public static RepositoryRelease? FindRelease(this RepositoryState state, string model, string version) =>
        state.Releases().FirstOrDefault(release => release.Model == model && release.Version == version);

    private static bool IsPublished(RepositoryState state, RepositoryRelease release) =>
        state.Published.GetValueOrDefault(release.Model)?.Content.Targets.ContainsKey(RepositoryRelease.TargetPath(release.Model, release.Version)) == true;

    private static RepositoryRelease? Read(string path, TargetEntry entry)
    {
        if (path.Split('/') is not ["models", var model, var version, ModelPackage.ManifestName] || entry.Custom is not { } custom || !custom.TryGetProperty("counter", out var counter))
        {
            return null; // a target of somebody else's
        }

        return new RepositoryRelease(model, version, counter.ValueKind == JsonValueKind.Number ? counter.GetInt64() : 0, entry.Hashes["sha256"], entry.Length);
    }
}
