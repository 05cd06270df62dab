namespace EdgeVision.Update;

/// <summary>A file that grows at its end. Opened without following a link, because somebody may put one there at any moment.</summary>
internal sealed class DiskFile : IDisposable
{
    private readonly Action<DiskOperation> _observer;
    private readonly string _path;
    private readonly FileStream _stream;

    public DiskFile(string path, Action<DiskOperation> observer)
    {
        (_path, _observer) = (path, observer);
        if (!File.Exists(path))
        {
            observer(new DiskOperation(DiskOperationKind.Truncate, path));
        }

        _stream = new FileStream(Libc.OpenNoFollow(path), FileAccess.ReadWrite, bufferSize: 0);
    }

    public long Length => _stream.Length;

    public void Append(ReadOnlyMemory<byte> bytes)
    {
        _observer(new DiskOperation(DiskOperationKind.Write, _path, Offset: Length, Bytes: bytes));
        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(bytes.Span);
    }

    /// <summary>Shortens only, or does nothing.</summary>
    public void SetLength(long length)
    {
        if (length < Length)
        {
            _observer(new DiskOperation(DiskOperationKind.Truncate, _path, Offset: length));
            _stream.SetLength(length);
        }
    }

    public void Sync()
    {
        _observer(new DiskOperation(DiskOperationKind.Sync, _path));
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>To be read from this position on.</summary>
    public Stream ReadFrom(long position)
    {
        _stream.Seek(position, SeekOrigin.Begin);
        return _stream;
    }

    /// <summary>In place, so that not one block more is needed.</summary>
    public void Overwrite(ReadOnlyMemory<byte> bytes)
    {
        _observer(new DiskOperation(DiskOperationKind.Write, _path, Offset: 0, Bytes: bytes));
        _stream.Seek(0, SeekOrigin.Begin);
        _stream.Write(bytes.Span);
        SetLength(bytes.Length);
    }

    public void Dispose() => _stream.Dispose();
}
