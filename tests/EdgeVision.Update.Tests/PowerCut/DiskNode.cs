namespace EdgeVision.Update.Tests;

/// <summary>A file or directory of a <see cref="DiskImage"/>: as programs see it, and as the disk holds it.</summary>
internal sealed class DiskNode
{
    private readonly Dictionary<string, DiskNode> _safeNames = [];
    private readonly List<NameChange[]> _unsafeChanges = [];
    private byte[] _bytes = [];
    private byte[] _safeBytes = [];

    private DiskNode(bool isFolder) => IsFolder = isFolder;

    public bool IsFolder { get; }

    /// <summary>As programs see them.</summary>
    public Dictionary<string, DiskNode> Names { get; } = [];

    public static DiskNode Folder() => new(isFolder: true);

    /// <summary>A file whose bytes are safe.</summary>
    public static DiskNode File(byte[] bytes) => new(isFolder: false) { _bytes = bytes, _safeBytes = bytes };

    public void Truncate(int length) => _bytes = _bytes[..Math.Min(length, _bytes.Length)];

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        var grown = new byte[Math.Max(_bytes.Length, offset + bytes.Length)];
        _bytes.CopyTo(grown, 0);
        bytes.CopyTo(grown.AsSpan(offset));
        _bytes = grown;
    }

    public void Sync() => _safeBytes = _bytes;

    public void Change(NameChange[] changes)
    {
        Apply(Names, changes);
        _unsafeChanges.Add(changes);
    }

    public void SyncNames()
    {
        _unsafeChanges.ForEach(changes => Apply(_safeNames, changes));
        _unsafeChanges.Clear();
    }

    public void WriteTo(string path, Func<bool> survives)
    {
        if (!IsFolder)
        {
            System.IO.File.WriteAllBytes(path, _bytes == _safeBytes || !survives() ? _safeBytes : survives() ? _bytes : _bytes[..(_bytes.Length / 2)]);
            return;
        }

        Directory.CreateDirectory(path);
        var names = new Dictionary<string, DiskNode>(_safeNames);
        foreach (var changes in _unsafeChanges.Where(_ => survives()))
        {
            Apply(names, changes);
        }

        foreach (var (name, node) in names)
        {
            node.WriteTo(Path.Combine(path, name), survives);
        }
    }

    private static void Apply(Dictionary<string, DiskNode> names, NameChange[] changes)
    {
        foreach (var (name, node) in changes)
        {
            _ = node is null ? names.Remove(name) : (names[name] = node) is not null;
        }
    }
}
