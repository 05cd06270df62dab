using System.Runtime.InteropServices;

namespace EdgeVision.Hub;

/// <summary>Milliseconds since the kernel started (CLOCK_BOOTTIME, which goes on in suspend and which no step touches), and which start it was.</summary>
/// <remarks>Two stamps of one <see cref="Boot"/> tell how far apart two moments were, even while the wall clock stood at 1970. Any thread.</remarks>
internal sealed partial class KernelClock(long boot, Func<long> milliseconds)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const int BootTime = 7; // clock_gettime(2): CLOCK_BOOTTIME

    public static KernelClock System { get; } = new(ReadBoot(), ReadMilliseconds);

    /// <summary>Another number after each start of the machine.</summary>
    public long Boot => boot;

    public long Now => milliseconds();

    private static long ReadBoot() => BitConverter.ToInt64(Guid.Parse(File.ReadAllText(BootFile)).ToByteArray());

    private static long ReadMilliseconds()
    {
        _ = ClockGetTime(BootTime, out var time);
        return time.Seconds * 1000 + time.Nanoseconds / 1_000_000;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Timespec time);

    private readonly struct Timespec
    {
        public readonly long Seconds, Nanoseconds;
    }
}
