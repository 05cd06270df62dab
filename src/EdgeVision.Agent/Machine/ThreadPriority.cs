using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>Puts a thread before the others of this machine, where that is permitted (root, or LimitNICE of the systemd unit).</summary>
/// <remarks>By nice -10, because .NET's own thread priorities do nothing on Linux. Where it is refused the thread runs as before: a busy machine then costs frames.</remarks>
internal static partial class ThreadPriority
{
    private const int OfThread = 0, Calling = 0, First = -10, Last = 19;

    public static void Raise() => _ = SetPriority(OfThread, Calling, First);

    /// <summary>Behind all others; always permitted, and for good.</summary>
    public static void Lower() => _ = SetPriority(OfThread, Calling, Last);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int priority);
}
