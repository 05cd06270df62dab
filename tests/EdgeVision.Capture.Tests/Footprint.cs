namespace EdgeVision.Capture.Tests;

/// <summary>What this process has open. Only for tests that <see cref="RunsAlone"/>.</summary>
internal static class Footprint
{
    /// <summary>Without assemblies, which the runtime opens when they are first needed and keeps.</summary>
    public static int Files => Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);

    public static int Threads => Directory.GetDirectories("/proc/self/task").Length;
}
