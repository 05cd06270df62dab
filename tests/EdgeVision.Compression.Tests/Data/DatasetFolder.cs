using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EdgeVision.Imaging;

namespace EdgeVision.Compression.Tests;

/// <summary>A folder in which a test writes a data set.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private static readonly byte[] _jpeg = Jpeg();
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory.Path;

    public static byte[] Picture => _jpeg;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public DatasetFolder Pictures(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Write(name, _jpeg);
        }

        return this;
    }

    public DatasetFolder Text(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public DatasetFolder Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), bytes);
        return this;
    }

    public DatasetFolder Zip(string name, params (string Entry, byte[] Bytes)[] entries)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, bytes) in entries)
            {
                using var stream = archive.CreateEntry(entry).Open();
                stream.Write(bytes);
            }
        }

        return Write(name, memory.ToArray());
    }

    public Dataset Open(params string[] labels) => Dataset.Open(Path, new DatasetOptions { Labels = labels });

    public void Dispose() => _directory.Dispose();

    /// <summary>An idx file of bytes.</summary>
    public static byte[] Idx(int[] lengths, params byte[] values)
    {
        var bytes = new byte[4 + 4 * lengths.Length + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), lengths[i]);
        }

        values.CopyTo(bytes, 4 + 4 * lengths.Length);
        return bytes;
    }

    /// <summary>An array of NumPy's, format 1.0.</summary>
    public static byte[] Npy(string type, string shape, params byte[] values)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. values];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var packing = new GZipStream(memory, CompressionMode.Compress))
        {
            packing.Write(bytes);
        }

        return memory.ToArray();
    }

    // Grey, 8x4.
    private static byte[] Jpeg()
    {
        using var frame = new FramePool("test", new ImageLayout(PixelFormat.Bgr24, 8, 4), capacity: 1).TryRent()!;
        frame.Pixels.Fill(128);
        return ImageCodec.EncodeJpeg(frame);
    }
}
