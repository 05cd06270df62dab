using System.Runtime.InteropServices;

namespace EdgeVision.Update;

/// <summary>Writes and renames that are on the disk, not in a cache, when they return.</summary>
public static class DurableDisk
{
    private const int NoSpaceLeft = 28;

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>A whole file in the place of another: at every instant one of them is there. A link of that name is replaced, not followed.</summary>
    public static void Replace(string path, ReadOnlyMemory<byte> bytes)
    {
        var next = path + ".tmp";
        Delete(next);
        Write(next, bytes.Span);
        MoveFile(next, path);
    }

    /// <summary>Both in directories of one file system.</summary>
    public static void MoveFile(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(to)!);
    }

    public static void MoveDirectory(string from, string to)
    {
        SyncDirectory(from);
        Directory.Move(from, to);
        SyncDirectory(Path.GetDirectoryName(to)!);
    }

    /// <summary>Because a rename is only in the directory's cache until the directory itself is synced.</summary>
    public static void SyncDirectory(string path)
    {
        var fd = Libc.Open(path, Libc.ReadOnlyCloseOnExec);
        var synced = fd >= 0 && Libc.Fsync(fd) == 0;
        var error = Marshal.GetLastPInvokeError();
        if (fd >= 0)
        {
            _ = Libc.Close(fd);
        }

        if (!synced)
        {
            throw new IOException($"{path} cannot be synced to disk: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    public static bool IsFull(Exception exception) => exception is IOException && exception.HResult == NoSpaceLeft;

    /// <summary>Deletes a link itself, never what it points to.</summary>
    public static void Delete(string path)
    {
        if (Directory.Exists(path) && !IsLink(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
