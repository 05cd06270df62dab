using System.Security.Cryptography;
using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>A version with its pictures at hand. Pictures may be opened on any thread until <see cref="Dispose"/>.</summary>
internal sealed class OpenedVersion : IDisposable
{
    private readonly string? _folder;
    private readonly List<Dataset> _sets = [];
    private readonly Dictionary<string, DatasetItem>[] _items;

    /// <param name="folder">Where the written version lies: its paths are seen from there. Null = paths as they are.</param>
    /// <exception cref="CompressionException">A source is not there any more.</exception>
    public OpenedVersion(DatasetVersion version, string? folder = null)
    {
        // Seen from everywhere, because it may be written down again elsewhere.
        Version = folder is null ? version : version with { Sources = [.. version.Sources.Select(source => SourceReader.Full(source, folder))] };
        _folder = folder;
        try
        {
            _sets.AddRange(version.Sources.Select(source => SourceReader.Open(source, folder, picturesOnly: true)));
            _items = [.. _sets.Select(set => set.Items.ToDictionary(item => item.Name, StringComparer.Ordinal))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DatasetVersion Version { get; }

    /// <exception cref="TrainerException">No version, or one that was changed.</exception>
    public static OpenedVersion Open(string path) => new(VersionJson.Read(path), Path.GetDirectoryName(Path.GetFullPath(path)));

    /// <summary>The picture, which is the one that was frozen; whoever opens disposes.</summary>
    /// <exception cref="TrainerException">It is gone, was changed, or cannot be read any more.</exception>
    public Frame OpenPicture(VersionItem item) => Verified(item, (found, stored) => found.Decode(stored));

    /// <summary>The same as a file: its bytes as they are stored, or bare pixels as PNG.</summary>
    /// <exception cref="TrainerException">It is gone, was changed, or cannot be read any more.</exception>
    public byte[] ReadPicture(VersionItem item) => Verified(item, SetImporter.Encoded);

    /// <summary>A class for each pixel; null where the picture has no mask.</summary>
    /// <exception cref="TrainerException">It is gone or was changed.</exception>
    public byte[]? OpenMask(VersionItem item)
    {
        if (item.MaskSha256 is null)
        {
            return null;
        }

        var path = MaskFiles.PathOf(Version.Sources[item.Source], item.Name, _folder) ?? throw new TrainerException($"{Version.Name}: the mask of {item.Name} is gone. Bring it back, or freeze the set again.");
        var stored = LimitedFile.Read(path);
        return Digest(stored) == item.MaskSha256 ? MaskFiles.Decode(stored, path, item.Width, item.Height) : throw Changed(path);
    }

    /// <summary>What lies there under its name now; null = nothing.</summary>
    public DatasetItem? Find(VersionItem item) => _items[item.Source].GetValueOrDefault(item.Name);

    public void Dispose() => _sets.ForEach(set => set.Dispose());

    private T Verified<T>(VersionItem item, Func<DatasetItem, ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            var found = Find(item) ?? throw new TrainerException($"{Version.Name}: {item.Name} is not in {Version.Sources[item.Source].Path} any more. Bring it back, or freeze the set again.");
            var stored = found.Stored();
            return Digest(stored.Span) == item.Sha256 ? read(found, stored) : throw Changed(item.Name);
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            throw new TrainerException($"{Version.Name}: {item.Name} cannot be read any more: {exception.Message.TrimEnd('.')}. Bring it back, or freeze the set again.", exception);
        }
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private TrainerException Changed(string name) => new($"{Version.Name}: {name} was changed after the set was frozen. Bring the old one back, or freeze the set again under another name.");
}
