using System.Runtime.InteropServices;

namespace EdgeVision.Capture;

/// <summary>The calls of the C library that waiting for a decoder needs.</summary>
internal static partial class Libc
{
    public const short PollIn = 1;
    public const int SetPipeSize = 1031;
    public const int Interrupted = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollFd* fds, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int fd, int command, nint argument);
}
