using System.Globalization;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>One start of the daemon that ended with kill -9, and what it had to report when.</summary>
/// <param name="Lasted">Seconds from its start to the kill.</param>
/// <param name="Made">The configurations that it took on, each of which is an event with that hash, and how many seconds before the kill.</param>
internal sealed record DaemonLife(double Lasted, IReadOnlyList<(string Hash, double Age)> Made)
{
    private const string Before = "configuration sha256:", Behind = " applied";

    /// <summary>Gives a daemon that runs something to report ten times a second, and kills it.</summary>
    public static DaemonLife Lead(Device device, double seconds)
    {
        var began = TimeProvider.System.GetTimestamp();
        device.Program.WaitForText("live page at", TimeSpan.FromSeconds(60));
        var up = TimeProvider.System.GetTimestamp();
        for (var i = 0; TimeProvider.System.GetElapsedTime(up).TotalSeconds < seconds; i++)
        {
            File.AppendAllText(device.Config, $"# {i}\n"); // the same settings with another hash
            device.Program.Signal(1);
            Thread.Sleep(100);
        }

        var killed = TimeProvider.System.GetLocalNow().TimeOfDay;
        device.Program.Signal(9);
        var said = device.Program.WaitForExit(TimeSpan.FromSeconds(20));
        return new DaemonLife(TimeProvider.System.GetElapsedTime(began).TotalSeconds, [.. said.Output.Split('\n').Where(IsAbout).Select(line => (HashOf(line), AgeOf(line, killed)))]);
    }

    private static bool IsAbout(string line) => line.Contains(Before, StringComparison.Ordinal) && line.Contains(Behind, StringComparison.Ordinal);

    private static string HashOf(string line)
    {
        var from = line.IndexOf(Before, StringComparison.Ordinal) + Before.Length - "sha256:".Length;
        return line[from..line.IndexOf(Behind, from, StringComparison.Ordinal)];
    }

    /// <summary>A line begins with the time of the day.</summary>
    private static double AgeOf(string line, TimeSpan killed)
    {
        var age = killed - TimeSpan.ParseExact(line[..12], @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
        return (age < TimeSpan.FromHours(-12) ? age + TimeSpan.FromDays(1) : age).TotalSeconds;
    }
}
