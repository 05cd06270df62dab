using System.Globalization;
using System.Security.Cryptography;

namespace EdgeVision.Packaging.Repository;

/// <summary>The files of a repository: which lies where, and how it is written so that no reader ever sees half of one.</summary>
/// <remarks>
/// <c>metadata/</c> (1.root.json, 7.targets.json, timestamp.json), <c>targets/</c> (digest before the name), <c>objects/sha256/ab/</c>, and <c>pending/</c>, which is nobody's
/// business but the key holders': metadata that waits for signatures. Only timestamp.json is ever overwritten by different contents.
/// </remarks>
internal sealed class RepositoryTree(string directory)
{
    public string Directory { get; } = Path.GetFullPath(directory);

    public string Metadata => Path.Combine(Directory, "metadata");

    public string Pending => Path.Combine(Directory, "pending");

    public string TimestampFile => Path.Combine(Metadata, "timestamp.json");

    public string MetadataFile(string role, long version) => Path.Combine(Metadata, string.Create(CultureInfo.InvariantCulture, $"{version}.{role}.json"));

    public string PendingFile(string role) => Path.Combine(Pending, role + ".json");

    /// <summary>Roles with a draft.</summary>
    public IEnumerable<string> PendingRoles =>
        System.IO.Directory.Exists(Pending) ? System.IO.Directory.EnumerateFiles(Pending, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)! : [];

    /// <summary>The target <c>models/toy/1.0.0/manifest.json</c> lies at <c>targets/models/toy/1.0.0/{sha256}.manifest.json</c>.</summary>
    public string TargetFile(string path, string sha256)
    {
        var slash = path.LastIndexOf('/') + 1;
        return Path.Combine(Directory, "targets", path[..slash], $"{sha256}.{path[slash..]}");
    }

    public string ObjectFile(string sha256) => Path.Combine(Directory, "objects", "sha256", sha256[..2], sha256);

    /// <summary>The highest version of a role that was ever written; 0 for none.</summary>
    public long NewestVersion(string role)
    {
        if (!System.IO.Directory.Exists(Metadata))
        {
            return 0;
        }

        var ending = $".{role}.json";
        return System.IO.Directory.EnumerateFiles(Metadata, "*" + ending)
            .Select(file => long.TryParse(Path.GetFileName(file)[..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .DefaultIfEmpty().Max();
    }

    /// <summary>Whole or not at all, and on the disk before anything that names it is.</summary>
    public static void Write(string path, ReadOnlySpan<byte> contents)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = File.Create(temporary))
        {
            file.Write(contents);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Copies and hashes in one pass, so that what is stored is what was checked, whatever happens to the source meanwhile.</summary>
    /// <exception cref="PackageException">The source is not what its package said.</exception>
    public void TakeObject(string source, string sha256)
    {
        var target = ObjectFile(sha256);
        if (File.Exists(target))
        {
            return;
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        if (Copy(source, temporary) != sha256)
        {
            File.Delete(temporary);
            throw new PackageException($"{source} changed while it was published: publish again.");
        }

        File.Move(temporary, target, overwrite: true);
    }

    private static string Copy(string source, string target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var input = File.OpenRead(source);
        using var output = File.Create(target);
        var buffer = new byte[128 * 1024];
        for (var read = input.Read(buffer); read > 0; read = input.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }

        output.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
