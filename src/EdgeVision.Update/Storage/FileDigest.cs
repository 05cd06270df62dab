using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Whether a file on disk is what a manifest says.</summary>
internal static class FileDigest
{
    public static bool Matches(string path, ManifestFile file)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null } info || info.Length != file.Size)
        {
            return false;
        }

        using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256;
    }
}
