using System.IO.Compression;

namespace EdgeVision.Compression;

/// <summary>A zip file from which entries are read by name; nothing is ever written to the disk, so no name in it can lead anywhere.</summary>
/// <remarks>Any thread; one entry is unpacked at a time.</remarks>
internal sealed class OpenedArchive : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ZipArchive _archive;
    private readonly string _path;

    private OpenedArchive(ZipArchive archive, string path)
    {
        (_archive, _path) = (archive, path);
        Names = [.. archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).Select(entry => entry.FullName).Order(NaturalOrder.Instance)];
    }

    /// <summary>In natural order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="CompressionException">Not a zip file, or a damaged one.</exception>
    public static OpenedArchive Open(string path)
    {
        try
        {
            return new OpenedArchive(ZipFile.OpenRead(path), path);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CompressionException($"{path} cannot be read as a zip file: {exception.Message} Get it again.", exception);
        }
    }

    public long SizeOf(string name) => _archive.GetEntry(name)!.Length;

    /// <exception cref="CompressionException">Damaged, or larger than the limit.</exception>
    public byte[] Read(string name, long limit)
    {
        lock (_gate)
        {
            try
            {
                using var stream = _archive.GetEntry(name)!.Open();
                return LimitedFile.ReadAll(stream, limit, $"{_path}: {name}");
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                throw new CompressionException($"{_path}: {name} cannot be unpacked: {exception.Message} Get the file again.", exception);
            }
        }
    }

    public void Dispose() => _archive.Dispose();
}
