using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The bytes of one file that have arrived, in order, from its first byte. Survives a kill; a link in its place is removed, not followed.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly FileStream _stream;

    public PartFile(string path)
    {
        if (DurableDisk.IsLink(path))
        {
            File.Delete(path);
        }

        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _stream.Seek(0, SeekOrigin.End);
    }

    public long Length => _stream.Position;

    public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void Discard() => _stream.SetLength(0);

    /// <summary>Syncs, then reads the file again from its first byte, because what counts is what the disk holds.</summary>
    public bool Matches(ManifestFile file)
    {
        _stream.Flush(flushToDisk: true);
        _stream.Seek(0, SeekOrigin.Begin);
        var digest = SHA256.HashData(_stream);
        return _stream.Length == file.Size && Convert.ToHexStringLower(digest) == file.Sha256;
    }

    public void Dispose() => _stream.Dispose();
}
