namespace EdgeVision.Update.Tests;

/// <summary>A file system that keeps after a power cut only what was synced, and of the rest whatever chance lets through.</summary>
/// <remarks>
/// Bytes of a file are safe after a sync of the file, names after a sync of their directory; names that were not synced survive one by one, in any
/// combination, so that renames are lost and reordered. Example: a file written, synced and renamed, its directory not synced: after the cut it has its
/// old name or its new one, with all its bytes.
/// </remarks>
internal sealed class DiskImage
{
    private readonly string _root;
    private readonly DiskNode _top = DiskNode.Folder();

    /// <summary>What is there now is safe.</summary>
    public DiskImage(string root)
    {
        _root = root;
        Read(root, _top);
    }

    public void Do(DiskOperation operation)
    {
        var (parent, name) = Find(operation.Path);
        switch (operation.Kind)
        {
            case DiskOperationKind.CreateDirectory:
                parent.Change([new NameChange(name, DiskNode.Folder())]);
                break;
            case DiskOperationKind.Truncate:
                FileAt(parent, name).Truncate((int)operation.Offset);
                break;
            case DiskOperationKind.Write:
                FileAt(parent, name).Write((int)operation.Offset, operation.Bytes.Span);
                break;
            case DiskOperationKind.Rename:
                Rename(parent, name, operation.Target);
                break;
            case DiskOperationKind.Delete:
                parent.Change([new NameChange(name, null)]);
                break;
            case DiskOperationKind.Sync:
                FileAt(parent, name).Sync();
                break;
            default:
                (operation.Path == _root ? _top : parent.Names[name]).SyncNames();
                break;
        }
    }

    /// <summary>The disk as the next start finds it.</summary>
    /// <param name="survives">Asked for everything that was not synced, in a fixed order.</param>
    public void WriteTo(string folder, Func<bool> survives) => _top.WriteTo(folder, survives);

    // Within one directory a rename is one change: the old name goes and the new one comes together, or neither.
    private void Rename(DiskNode from, string name, string target)
    {
        var (to, newName) = Find(target);
        var node = from.Names[name];
        if (to == from)
        {
            from.Change([new NameChange(name, null), new NameChange(newName, node)]);
            return;
        }

        to.Change([new NameChange(newName, node)]);
        from.Change([new NameChange(name, null)]);
    }

    private static DiskNode FileAt(DiskNode parent, string name)
    {
        if (!parent.Names.ContainsKey(name))
        {
            parent.Change([new NameChange(name, DiskNode.File([]))]);
        }

        return parent.Names[name];
    }

    private (DiskNode Parent, string Name) Find(string path)
    {
        if (path == _root)
        {
            return (_top, "");
        }

        var names = Path.GetRelativePath(_root, path).Split('/');
        return (names[..^1].Aggregate(_top, (node, name) => node.Names[name]), names[^1]);
    }

    private static void Read(string folder, DiskNode node)
    {
        foreach (var path in Directory.GetFileSystemEntries(folder))
        {
            var child = File.Exists(path) ? DiskNode.File(File.ReadAllBytes(path)) : DiskNode.Folder();
            node.Change([new NameChange(Path.GetFileName(path), child)]);
            if (child.IsFolder)
            {
                Read(path, child);
            }
        }

        node.SyncNames();
    }
}
