using System.Globalization;

namespace EdgeVision.Imaging.Tests;

/// <summary>The most memory this process held at once since <see cref="Reset"/>, as the kernel counts it.</summary>
internal static class PeakMemory
{
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    public static long MiB() => Of("VmHWM:") / 1024;

    public static long NowMiB() => Of("VmRSS:") / 1024;

    private static long Of(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
