using System.Buffers.Binary;
using System.IO.Compression;

namespace EdgeVision.Compression;

/// <summary>MNIST's form: a file of pictures and a file of labels, big-endian lengths and then bytes, maybe packed with gzip.</summary>
internal static class IdxForm
{
    private const int Header = 4;
    private const int UnsignedByte = 8;
    private const long MaxBytes = 1L << 30;

    public static bool Fits(DatasetSource source) => Find(source) is not null;

    public static DatasetContent Read(DatasetSource source)
    {
        var path = Find(source)!;
        var labelsPath = LabelsOf(path);
        if (!File.Exists(labelsPath))
        {
            throw new CompressionException($"{path}: its labels, {labelsPath}, are not there. Put both files into one folder.");
        }

        var pictures = Tensor(path).Checked(path);
        var labels = Tensor(labelsPath);
        if (labels.Shape is not [var count] || count != pictures.Count || labels.Bytes.Length != count)
        {
            throw new CompressionException($"{labelsPath} has shape [{string.Join(", ", labels.Shape)}] and {labels.Bytes.Length} labels; {path} has {pictures.Count} pictures.");
        }

        return new DatasetContent(DatasetKind.Classes, pictures.Items(i => new Truth { ClassId = source.Lookup.OfIndex(labels.Bytes.Span[i]) }));
    }

    // path#t10k chooses one of several pairs in a folder.
    private static string? Find(DatasetSource source) => File.Exists(source.Path)
        ? IsPictures(source.Path) ? source.Path : null
        : Directory.GetFiles(source.Path).Where(IsPictures).Where(path => Path.GetFileName(path).StartsWith(source.Part ?? "", StringComparison.Ordinal)).ToArray() switch
        {
            [] => null,
            [var only] => only,
            var several => throw new CompressionException($"{source.Path} holds {several.Length} sets: {string.Join(", ", several.Select(Path.GetFileName))}. Give the file of pictures that is meant."),
        };

    private static bool IsPictures(string path) => Path.GetFileName(path) is var name
        && name.Contains("images", StringComparison.Ordinal) && name.Contains("idx3", StringComparison.Ordinal) && name.Contains("ubyte", StringComparison.Ordinal);

    private static string LabelsOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path).Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal));

    private static ByteTensor Tensor(string path)
    {
        var bytes = Unpacked(LimitedFile.Read(path), path);
        if (bytes.Length < Header || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != UnsignedByte || bytes[3] is 0 or > 4 || bytes.Length < Header + 4 * bytes[3])
        {
            throw new CompressionException($"{path} is not an idx file of bytes: it begins otherwise. Get it again.");
        }

        var start = Header + 4 * bytes[3];
        long[] shape = [.. Enumerable.Range(0, bytes[3]).Select(i => (long)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(Header + 4 * i)))];
        return new ByteTensor(shape, bytes.AsMemory(start));
    }

    private static byte[] Unpacked(byte[] bytes, string path)
    {
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        try
        {
            using var unpacking = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return LimitedFile.ReadAll(unpacking, MaxBytes, path);
        }
        catch (InvalidDataException exception)
        {
            throw new CompressionException($"{path} cannot be unpacked: {exception.Message} Get it again.", exception);
        }
    }
}
