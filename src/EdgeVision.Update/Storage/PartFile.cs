using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The bytes of one file that have arrived, in order, from its first byte. Survives a kill; what is there already is hashed again chunk by chunk.</summary>
/// <remarks>Example, chunks of 4 MiB and a part of 10 MiB from before a power cut: two chunks are hashed; if the second is wrong, the part goes on from 4 MiB.</remarks>
internal sealed class PartFile : IDisposable
{
    private readonly DiskFile _disk;
    private readonly ChunkHasher _chunks;

    public PartFile(StateDisk disk, string path, ManifestFile file)
    {
        _disk = disk.OpenPart(path);
        _chunks = new ChunkHasher(file);
        Length = Math.Min(_disk.Length, file.Size);
        _disk.SetLength(Length);
        if (_chunks.Add(_disk.ReadFrom(0), Length) is { } wrong)
        {
            CutTo(wrong);
        }
    }

    public long Length { get; private set; }

    /// <summary>The first byte of the chunk that is being filled.</summary>
    public long ChunkStart => _chunks.Start;

    /// <summary>False: a chunk is full and wrong, and was cut off.</summary>
    public bool Write(ReadOnlyMemory<byte> bytes)
    {
        _disk.Append(bytes);
        Length += bytes.Length;
        if (_chunks.Add(bytes.Span) is not { } wrong)
        {
            return true;
        }

        CutTo(wrong);
        return false;
    }

    public void Discard() => CutTo(0);

    /// <summary>From its first byte.</summary>
    public Stream Read() => _disk.ReadFrom(0);

    /// <summary>Syncs, then reads the file again from its first byte, because what counts is what the disk holds.</summary>
    public bool Matches(ManifestFile file)
    {
        _disk.Sync();
        var digest = SHA256.HashData(_disk.ReadFrom(0));
        return _disk.Length == file.Size && Convert.ToHexStringLower(digest) == file.Sha256;
    }

    public void Dispose()
    {
        _chunks.Dispose();
        _disk.Dispose();
    }

    private void CutTo(long length)
    {
        _disk.SetLength(length);
        Length = length;
        _chunks.GoBackTo(length);
    }
}
