using System.Globalization;

namespace EdgeVision.Agent;

/// <summary>What the kernel says of this process and this machine. Missing figures are null, because containers hide some.</summary>
internal static class ProcessFigures
{
    /// <summary>Resident memory, MiB.</summary>
    public static double? RssMiB => KiB("/proc/self/status", "VmRSS:") / 1024;

    /// <summary>The most it ever was, MiB.</summary>
    public static double? PeakRssMiB => KiB("/proc/self/status", "VmHWM:") / 1024;

    /// <summary>Bytes that went to a disk since the start: flash wears out by them.</summary>
    public static double? BytesWritten => KiB("/proc/self/io", "write_bytes:");

    /// <summary>The hottest sensor, degrees Celsius.</summary>
    public static double? Temperature => Directory.Exists("/sys/class/thermal")
        ? Directory.GetDirectories("/sys/class/thermal", "thermal_zone*").Select(zone => Number(Path.Combine(zone, "temp"))).Max() / 1000
        : null;

    internal static double? KiB(string file, string name)
    {
        var line = Lines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }

    internal static double? Number(string file) =>
        Lines(file).FirstOrDefault() is { } line && double.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
