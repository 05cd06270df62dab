namespace EdgeVision.Compression;

/// <summary>What computes here, as its maker calls it.</summary>
internal static class MachineName
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>As in <c>Intel(R) Xeon(R) Platinum 8481C</c>; the architecture where the system does not tell.</summary>
    public static string Read()
    {
        var line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
    }
}
