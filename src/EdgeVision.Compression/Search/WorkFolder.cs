using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Compression;

/// <summary>What was expensive to find out, kept from one run to the next: a search that was stopped goes on where it was.</summary>
/// <remarks>
/// An entry's name is the digest of everything that it follows from (networks, pictures, settings, version of this room), so that nothing stale is ever taken.
/// A file is the digest of its content, then the content: one that is damaged or cut short is made again. Written whole or not at all. One process at a time.
/// </remarks>
public sealed class WorkFolder
{
    // Grows when the same inputs would give something else.
    private const string Version = "1";

    private readonly bool _fresh;
    private readonly CancellationToken _stop;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <param name="path">Made when missing.</param>
    /// <param name="fresh">Nothing of an earlier run is taken; what this one makes is.</param>
    /// <param name="stop">What was made while it was given may be half, and is not kept.</param>
    public WorkFolder(string path, bool fresh, CancellationToken stop = default)
    {
        (Path, _fresh, _stop) = (path, fresh, stop);
        Directory.CreateDirectory(path);
    }

    public string Path { get; }

    /// <summary>The entry of that key, or what <paramref name="make"/> makes and is kept.</summary>
    /// <param name="what">A word in the file's name, for people.</param>
    /// <param name="key">Everything the content follows from.</param>
    public byte[] Get(string what, IEnumerable<string> key, Func<byte[]> make)
    {
        var file = System.IO.Path.Combine(Path, $"{what}-{DigestOf([Version, what, .. key])[..32]}");
        if ((!_fresh || _made.Contains(file)) && Read(file) is { } kept)
        {
            return kept;
        }

        var content = make();
        _stop.ThrowIfCancellationRequested();
        Write(file, content);
        _made.Add(file);
        return content;
    }

    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string DigestOf(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // Lengths too, because "ab" + "c" is another key than "a" + "bc".
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[]? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(file);
        return bytes.Length >= SHA256.HashSizeInBytes && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))
            ? bytes[SHA256.HashSizeInBytes..]
            : null;
    }

    private static void Write(string file, byte[] content)
    {
        var part = file + ".part";
        try
        {
            using (var stream = File.Create(part))
            {
                stream.Write(SHA256.HashData(content));
                stream.Write(content);
            }

            File.Move(part, file, overwrite: true);
        }
        catch (IOException)
        {
            // A full disk is fuller still with a half entry on it.
            File.Delete(part);
            throw;
        }
    }
}
