using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Releases and policy: what devices may run.</summary>
internal sealed class ReleaseEdit(RepositoryDrafts drafts)
{
    /// <summary>Takes the files of a package in and writes the draft that names it. Devices see nothing of it until that is signed and published.</summary>
    /// <param name="package">Checked when it was opened.</param>
    /// <param name="family">Who signs for a model that is new here; null for those who sign targets.</param>
    /// <exception cref="PackageException">The package changed since it was opened.</exception>
    /// <exception cref="RepositoryException">The version is taken, or its counter does not grow.</exception>
    public RepositoryRelease Add(ModelPackage package, RoleKeys? family = null)
    {
        var bytes = File.ReadAllBytes(Path.Combine(package.Directory, ModelPackage.ManifestName));
        var release = Release(package.Manifest, package.Digest["sha256:".Length..], bytes);
        if (FindSame(release) is { } there)
        {
            return there;
        }

        RequireGrowth(release);
        RequireName(release);
        foreach (var file in package.Manifest.Files)
        {
            drafts.Tree.TakeObject(Path.Combine(package.Directory, file.Name), file.Sha256);
        }

        drafts.Tree.TakeObject(Path.Combine(package.Directory, ModelPackage.ManifestName), release.ManifestSha256);
        return Name(release, bytes, family, new ReleaseDeltas(drafts).Make(package.Manifest));
    }

    /// <summary>Names a package whose files lie here already, from before the repository was signed: its counter need not grow.</summary>
    /// <returns>Null when one of its files is not here.</returns>
    public RepositoryRelease? TakeOver(string manifestSha256)
    {
        var path = drafts.Tree.ObjectFile(manifestSha256);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var manifest = ManifestReader.Read(bytes, path);
        var release = Release(manifest, manifestSha256, bytes);
        var isWhole = Sha256(bytes) == manifestSha256 && manifest.Files.All(file => File.Exists(drafts.Tree.ObjectFile(file.Sha256)));
        return !isWhole || RoleNames.TopLevel.Contains(release.Model) ? null : FindSame(release) ?? Name(release, bytes, family: null, deltas: []);
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

    private RepositoryRelease Name(RepositoryRelease release, byte[] manifest, RoleKeys? family, IReadOnlyList<ReleaseDelta> deltas)
    {
        var path = RepositoryRelease.TargetPath(release.Model, release.Version);
        RepositoryTree.Write(drafts.Tree.TargetFile(path, release.ManifestSha256), manifest);
        Delegate(release.Model, family);
        var role = drafts.State.Latest(release.Model)?.Content ?? new TargetsMetadata(0, drafts.Now, new Dictionary<string, TargetEntry>());
        drafts.Change(release.Model, role with { Targets = new Dictionary<string, TargetEntry>(role.Targets) { [path] = Entry(manifest, Custom(release, deltas)) } });
        return release;
    }

    private RepositoryRelease? FindSame(RepositoryRelease release)
    {
        var there = drafts.State.FindRelease(release.Model, release.Version);
        return there is null || there.ManifestSha256 == release.ManifestSha256 ? there : throw Taken(there, release.ManifestSha256);
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
        if (release.Counter < 1)
        {
            throw new RepositoryException($"{release.Model} {release.Version} has counter {release.Counter}: devices refuse it, because they tell old from new by it. Give its manifest a counter of at least 1.");
        }

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

    private static RepositoryRelease Release(Manifest manifest, string digest, byte[] bytes) =>
        new(manifest.Model, manifest.Version, manifest.Counter, digest, bytes.Length, IsPublished: false);

    private static JsonObject Custom(RepositoryRelease release, IReadOnlyList<ReleaseDelta> deltas)
    {
        var custom = new JsonObject { ["model"] = release.Model, ["version"] = release.Version, ["counter"] = release.Counter };
        ReleaseDelta.Write(custom, deltas);
        return custom;
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
