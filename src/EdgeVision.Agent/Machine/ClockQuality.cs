using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>Whether the kernel says that the clock follows a time server.</summary>
internal sealed partial class ClockQuality
{
    private const int TimeError = 5; // adjtimex(2): TIME_ERROR, the clock is not synchronised
    private const int TimexBytes = 208;

    public const string Synced = "synced", Unsynced = "unsynced";

    /// <summary>As it stands on messages and in the status.</summary>
    public string State => IsSynced ? Synced : Unsynced;

    public bool IsSynced
    {
        get
        {
            Span<byte> timex = stackalloc byte[TimexBytes]; // modes = 0: only asked, nothing set
            timex.Clear();
            return Adjtimex(ref timex[0]) is >= 0 and not TimeError;
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int Adjtimex(ref byte timex);
}
