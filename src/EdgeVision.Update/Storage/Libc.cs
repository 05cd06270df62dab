using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVision.Update;

/// <summary>What .NET cannot do: syncing a directory, and opening a file only if it is not a link.</summary>
internal static partial class Libc
{
    public const int ReadOnlyCloseOnExec = 0x80000;

    private const int ReadWriteCreateCloseOnExec = 0x80042, OwnerAndGroupMayRead = 0x1A0; // 0640

    // The one flag whose number differs between the two architectures.
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>For reading and writing; made if it is not there.</summary>
    /// <exception cref="IOException">It is a link, or cannot be opened.</exception>
    public static SafeFileHandle OpenNoFollow(string path)
    {
        var fd = Open(path, ReadWriteCreateCloseOnExec | NoFollow, OwnerAndGroupMayRead);
        var error = Marshal.GetLastPInvokeError();
        return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw new IOException($"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    public static int Open(string path, int flags) => Open(path, flags, 0);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int fd);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);
}
