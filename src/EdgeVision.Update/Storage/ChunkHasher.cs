using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Judges a file chunk by chunk while it comes; a file without chunks is not judged here.</summary>
internal sealed class ChunkHasher(ManifestFile file) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _size = file.Chunk is > 0 && file.ChunkSha256 is not null ? file.Chunk.Value : long.MaxValue;
    private long _in;
    private int _chunk;

    public long Start => _size == long.MaxValue ? 0 : _chunk * _size;

    /// <summary>The first byte of a chunk that is wrong, or null.</summary>
    public long? Add(ReadOnlySpan<byte> bytes)
    {
        if (_size == long.MaxValue)
        {
            return null;
        }

        while (bytes.Length > 0)
        {
            var count = (int)Math.Min(bytes.Length, Math.Min(_size, file.Size - Start) - _in);
            _hash.AppendData(bytes[..count]);
            bytes = bytes[count..];
            _in += count;
            if (_in == Math.Min(_size, file.Size - Start) && !EndChunk())
            {
                return Start;
            }
        }

        return null;
    }

    public long? Add(Stream stream, long length)
    {
        var buffer = new byte[64 * 1024];
        for (var left = length; left > 0;)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0 || Add(buffer.AsSpan(0, count)) is not null)
            {
                return Start;
            }

            left -= count;
        }

        return null;
    }

    /// <param name="start">Of a chunk.</param>
    public void GoBackTo(long start)
    {
        _ = _hash.GetHashAndReset();
        (_in, _chunk) = (0, _size == long.MaxValue ? 0 : (int)(start / _size));
    }

    public void Dispose() => _hash.Dispose();

    private bool EndChunk()
    {
        var right = _chunk < file.ChunkSha256!.Count && Convert.ToHexStringLower(_hash.GetHashAndReset()) == file.ChunkSha256[_chunk];
        _chunk += right ? 1 : 0;
        _in = 0;
        return right;
    }
}
