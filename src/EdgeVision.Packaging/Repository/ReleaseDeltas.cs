using System.IO.Compression;
using System.Security.Cryptography;

namespace EdgeVision.Packaging.Repository;

/// <summary>The differences of a new release's networks to those of the releases before it, where they are worth sending.</summary>
/// <remarks>Example: 2.6 MB of a fine-tuned INT8 network become 390 KB; of one that was trained anew nothing becomes smaller, and nothing is kept.</remarks>
internal sealed class ReleaseDeltas(RepositoryDrafts drafts)
{
    /// <summary>Devices are seldom more than two releases behind.</summary>
    private const int Releases = 2;

    /// <summary>Above this part of the file the delta is not worth its place: the whole file is fetched more simply.</summary>
    private const double Worth = 0.7;

    /// <summary>Both files are held in memory.</summary>
    private const long MaxBytes = 256L << 20;

    /// <summary>Makes them and puts them among the objects.</summary>
    /// <param name="package">The new release; its files are objects already.</param>
    public IReadOnlyList<ReleaseDelta> Make(Manifest package)
    {
        var before = drafts.State.Releases().Where(release => release.Model == package.Model && release.Counter < package.Counter && !release.IsRevoked)
            .OrderByDescending(release => release.Counter).Take(Releases).Select(Networks).ToList();
        return
        [
            .. package.Files.Where(file => file.Role == "model").SelectMany(file => before
                .SelectMany(networks => networks.Where(old => old.Variant == file.Variant && old.Sha256 != file.Sha256))
                .DistinctBy(old => old.Sha256).Select(old => Make(file, old)).OfType<ReleaseDelta>()).Take(ReleaseDelta.Most),
        ];
    }

    private ManifestFile[] Networks(RepositoryRelease release)
    {
        var path = drafts.Tree.ObjectFile(release.ManifestSha256);
        return File.Exists(path) ? [.. ManifestReader.Read(File.ReadAllBytes(path), path).Files.Where(file => file.Role == "model")] : [];
    }

    private ReleaseDelta? Make(ManifestFile file, ManifestFile old)
    {
        var (path, oldPath) = (drafts.Tree.ObjectFile(file.Sha256), drafts.Tree.ObjectFile(old.Sha256));
        if (!File.Exists(oldPath) || Math.Max(file.Size, old.Size) > MaxBytes)
        {
            return null;
        }

        var (target, before) = (File.ReadAllBytes(path), File.ReadAllBytes(oldPath));
        // The quick look first, because the thorough one takes seconds a megabyte and most retrained networks have nothing in common.
        if (!IsWorth(FileDelta.Encode(before, target, CompressionLevel.Fastest), file) || FileDelta.Encode(before, target) is not { } delta || !IsWorth(delta, file))
        {
            return null;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(delta));
        RepositoryTree.Write(drafts.Tree.ObjectFile(digest), delta);
        return new ReleaseDelta(file.Sha256, old.Sha256, old.Size, digest, delta.Length);
    }

    private static bool IsWorth(byte[] delta, ManifestFile file) => delta.Length <= file.Size * Worth;
}
