namespace EdgeVision.Update;

/// <summary>Every change that the updater makes on the disk goes through here, so that tests can cut the power before any of them.</summary>
/// <param name="observer">Told of each operation before it is done; throws to prevent it. Does nothing outside tests.</param>
/// <remarks>Files are whole on the disk when <see cref="Replace"/> returns: written beside, synced, renamed, the directory synced. One thread per file.</remarks>
internal sealed class StateDisk(Action<DiskOperation> observer)
{
    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        CreateDirectory(parent);
        observer(new DiskOperation(DiskOperationKind.CreateDirectory, path));
        Directory.CreateDirectory(path);
        SyncDirectory(parent);
    }

    /// <summary>Synced, but its name is not until its directory is.</summary>
    public void Write(string path, ReadOnlyMemory<byte> bytes)
    {
        using var file = OpenPart(path);
        file.SetLength(0);
        file.Append(bytes);
        file.Sync();
    }

    /// <param name="path">Its directory must be there.</param>
    public void Replace(string path, ReadOnlyMemory<byte> bytes)
    {
        Write(path + ".tmp", bytes);
        Rename(path + ".tmp", path);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Only in the directory's cache until <see cref="SyncDirectory"/>.</summary>
    public void Rename(string from, string to)
    {
        observer(new DiskOperation(DiskOperationKind.Rename, from, to));
        File.Move(from, to, overwrite: true);
    }

    public void SyncDirectory(string path)
    {
        observer(new DiskOperation(DiskOperationKind.SyncDirectory, path));
        DurableDisk.SyncDirectory(path);
    }

    /// <summary>Deletes a link itself, never what it points to.</summary>
    public void Delete(string path)
    {
        observer(new DiskOperation(DiskOperationKind.Delete, path));
        DurableDisk.Delete(path);
    }

    /// <summary>A file to be written in pieces; a link in its place is removed, not followed.</summary>
    public DiskFile OpenPart(string path)
    {
        if (DurableDisk.IsLink(path))
        {
            Delete(path);
        }

        return new DiskFile(path, observer);
    }
}
