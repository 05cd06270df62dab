using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>How long the calling thread has had a processor: unlike time on the wall it does not grow while others have it.</summary>
/// <remarks>What a model is judged by that runs behind the model in service, on the processor time that one leaves. One thread's own; any thread asks for itself.</remarks>
internal static partial class ThreadClock
{
    private const int CpuTimeOfThread = 3;

    /// <summary>Milliseconds since the thread began.</summary>
    public static double Milliseconds => ClockGetTime(CpuTimeOfThread, out var time) == 0 ? time.Seconds * 1e3 + time.Nanoseconds / 1e6 : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly long Seconds, Nanoseconds;
    }
}
