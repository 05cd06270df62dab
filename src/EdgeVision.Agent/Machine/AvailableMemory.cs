namespace EdgeVision.Agent;

/// <summary>Memory that this process may still take: what the kernel could give, within what its control group (systemd's MemoryMax, a container) allows.</summary>
internal static class AvailableMemory
{
    private const string Groups = "/sys/fs/cgroup";

    /// <summary>MiB; null where the kernel does not say.</summary>
    public static double? MiB => Least(ProcessFigures.KiB("/proc/meminfo", "MemAvailable:") / 1024, OfGroup());

    private static double? OfGroup()
    {
        var line = ProcessFigures.Lines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        var group = Groups + line[3..];
        var taken = ProcessFigures.Number(Path.Combine(group, "memory.current")) - ProcessFigures.KiB(Path.Combine(group, "memory.stat"), "inactive_file "); // cached files make room
        return (ProcessFigures.Number(Path.Combine(group, "memory.max")) - taken) / 1048576;
    }

    private static double? Least(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
