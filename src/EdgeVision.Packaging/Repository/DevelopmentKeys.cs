using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>One key for each role, all on one machine: a repository that works at once and guards against accidents, not against people.</summary>
public static class DevelopmentKeys
{
    /// <summary>Makes <c>root.pem</c>, <c>targets.pem</c> and <c>online.pem</c>; those that are there are used.</summary>
    /// <param name="folder">Made for its owner alone.</param>
    /// <exception cref="RepositoryException">A key cannot be written or read.</exception>
    public static RepositorySetup Make(string folder)
    {
#pragma warning disable CA1416 // file modes are Linux's, and so are the programs
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return new RepositorySetup([Key(folder, "root")], 1, [Key(folder, "targets")], 1, [Key(folder, "online")]);
    }

    /// <summary>What whoever uses such keys must be told.</summary>
    public static string Warning(string folder) =>
        $"DEVELOPMENT KEYS in {Path.GetFullPath(folder)}: whoever can read that folder can give every device of this repository any model. For a site, hold the keys apart: docs/model-repository.md";

    private static TufKey Key(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".pem");
        if (!File.Exists(path))
        {
            return KeyFile.Create(path, KeyAlgorithm.Ecdsa);
        }

        using var key = PemKey.Open(path);
        return key.PublicKey;
    }
}
