using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Releases and policy: what devices may run.</summary>
internal sealed class ReleaseEdit(RepositoryDrafts drafts)
{
    /// <summary>Checks a package, takes its files in and writes the draft that names it. Devices see nothing of it until that is signed and published.</summary>
    /// <param name="packageDirectory">A model package.</param>
    /// <param name="family">Who signs for a model that is new here; null for those who sign targets.</param>
    /// <param name="isTakenOver">From a repository without signatures, in which a counter did not have to grow.</param>
    /// <exception cref="PackageException">The package is not whole.</exception>
    /// <exception cref="RepositoryException">The version is taken, or its counter does not grow.</exception>
    public RepositoryRelease Add(string packageDirectory, RoleKeys? family = null, bool isTakenOver = false)
    {
        var package = ModelPackage.Open(packageDirectory);
        var (manifest, digest) = (package.Manifest, package.Digest["sha256:".Length..]);
        var bytes = File.ReadAllBytes(Path.Combine(packageDirectory, ModelPackage.ManifestName));
        var release = new RepositoryRelease(manifest.Model, manifest.Version, manifest.Counter, digest, bytes.Length, IsPublished: false);
        if (drafts.State.FindRelease(release.Model, release.Version) is { } there)
        {
            return there.ManifestSha256 == digest ? there : throw Taken(there, digest);
        }

        if (!isTakenOver)
        {
            RequireGrowth(release);
        }

        RequireName(release);
        TakeFiles(package, digest, bytes);
        Delegate(release.Model, family);
        var role = drafts.State.Latest(release.Model)?.Content ?? new TargetsMetadata(0, drafts.Now, new Dictionary<string, TargetEntry>());
        var path = RepositoryRelease.TargetPath(release.Model, release.Version);
        drafts.Change(release.Model, role with { Targets = new Dictionary<string, TargetEntry>(role.Targets) { [path] = Entry(bytes, Custom(release)) } });
        return release;
    }

    /// <summary>Writes the draft of targets that names another policy.</summary>
    public void SetPolicy(ReleasePolicy policy)
    {
        var targets = drafts.State.LatestTargets;
        drafts.Change(RoleNames.Targets, targets with { Targets = new Dictionary<string, TargetEntry>(targets.Targets) { [ReleasePolicy.TargetPath] = Take(drafts.Tree, policy) } });
    }

    /// <summary>Puts a release on the list of what no device may run. It stays where it is, so that a device can say why it refuses it.</summary>
    /// <exception cref="RepositoryException">There is no such release.</exception>
    public RepositoryRelease Revoke(string model, string version)
    {
        var release = drafts.State.FindRelease(model, version)
            ?? throw new RepositoryException($"There is no release {model} {version}. edgevision repo status lists them.");
        if (!release.IsRevoked)
        {
            var policy = drafts.State.Policy;
            SetPolicy(policy with { Revoked = [.. policy.Revoked, release.ManifestSha256] });
        }

        return release;
    }

    /// <summary>Targets of a repository that releases nothing yet: a policy that forbids nothing.</summary>
    public static RoleFile<TargetsMetadata> First(RepositoryTree tree, DateTimeOffset now) => RoleFile<TargetsMetadata>.Of(new TargetsMetadata(
        1, now + RoleLifetimes.Of(RoleNames.Targets), new Dictionary<string, TargetEntry> { [ReleasePolicy.TargetPath] = Take(tree, ReleasePolicy.Empty) }));

    private static TargetEntry Take(RepositoryTree tree, ReleasePolicy policy)
    {
        var bytes = policy.ToBytes();
        RepositoryTree.Write(tree.TargetFile(ReleasePolicy.TargetPath, Sha256(bytes)), bytes);
        return Entry(bytes, custom: null);
    }

    private static TargetEntry Entry(byte[] bytes, JsonObject? custom) => new(
        bytes.Length,
        new Dictionary<string, string> { ["sha256"] = Sha256(bytes) },
        custom is null ? null : JsonSerializer.SerializeToElement(custom, RepositoryJson.Default.JsonObject));

    private void TakeFiles(ModelPackage package, string digest, byte[] manifest)
    {
        foreach (var file in package.Manifest.Files)
        {
            drafts.Tree.TakeObject(Path.Combine(package.Directory, file.Name), file.Sha256);
        }

        drafts.Tree.TakeObject(Path.Combine(package.Directory, ModelPackage.ManifestName), digest);
        RepositoryTree.Write(drafts.Tree.TargetFile(RepositoryRelease.TargetPath(package.Manifest.Model, package.Manifest.Version), digest), manifest);
    }

    private void Delegate(string model, RoleKeys? family)
    {
        var targets = drafts.State.LatestTargets;
        var delegations = targets.Delegations ?? new Delegations(new Dictionary<string, TufKey>(), []);
        if (delegations.Roles.Any(role => role.Name == model))
        {
            return;
        }

        var keys = family ?? drafts.State.KeysOf(RoleNames.Targets);
        var known = new Dictionary<string, TufKey>(delegations.Keys);
        foreach (var id in keys.Role.KeyIds)
        {
            known[id] = keys.Keys[id];
        }

        // Terminating: nobody but this role speaks for its model.
        var delegated = new DelegatedRole(model, keys.Role, Terminating: true, Paths: [RepositoryRelease.Paths(model)]);
        drafts.Change(RoleNames.Targets, targets with { Delegations = new Delegations(known, [.. delegations.Roles, delegated]) });
    }

    private void RequireGrowth(RepositoryRelease release)
    {
        var newest = drafts.State.Releases().Where(other => other.Model == release.Model).MaxBy(other => other.Counter);
        if (newest is not null && release.Counter <= newest.Counter)
        {
            throw new RepositoryException(
                $"{release.Model} {release.Version} has counter {release.Counter}, but {newest.Version} has {newest.Counter} already: devices would take it for an old release sent again. Give its manifest a counter of at least {newest.Counter + 1}.");
        }
    }

    // The role's file would take the place of one of the four.
    private static void RequireName(RepositoryRelease release)
    {
        if (RoleNames.TopLevel.Contains(release.Model))
        {
            throw new RepositoryException($"A model cannot be called {release.Model}: that is the name of a role. Give the model another name in its manifest.");
        }
    }

    private static RepositoryException Taken(RepositoryRelease there, string digest) => new(
        $"{there.Model} {there.Version} is already published with manifest sha256:{there.ManifestSha256}; this package has sha256:{digest}. "
        + "A version is one package for ever: give the new one another version.");

    private static JsonObject Custom(RepositoryRelease release) => new() { ["model"] = release.Model, ["version"] = release.Version, ["counter"] = release.Counter };

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
