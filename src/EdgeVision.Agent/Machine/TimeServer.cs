using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>Whether this machine follows a time server, as the kernel has it (adjtimex(2)).</summary>
internal static partial class TimeServer
{
    private const int TimeError = 5; // TIME_ERROR: the clock is not synchronised
    private const int TimexBytes = 208;

    /// <summary>Whether it follows a time server.</summary>
    public static bool IsFollowed()
    {
        Span<byte> timex = stackalloc byte[TimexBytes]; // modes = 0: only asked, nothing set
        timex.Clear();
        return Adjtimex(ref timex[0]) is >= 0 and not TimeError;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int Adjtimex(ref byte timex);
}
