using System.Globalization;

namespace EdgeVision.Hub;

/// <summary>Bytes that the calling thread has handed to the disk with write(2), as the kernel counts them.</summary>
internal static class ThreadWrites
{
    private const string Figures = "/proc/thread-self/io", Written = "wchar: ";

    /// <summary>Since the thread began; 0 where the kernel does not tell (containers hide it).</summary>
    public static long Now()
    {
        try
        {
            var line = File.ReadLines(Figures).FirstOrDefault(line => line.StartsWith(Written, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(Written.Length), CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
