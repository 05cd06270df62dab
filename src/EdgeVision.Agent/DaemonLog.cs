using Microsoft.Extensions.Logging.Console;

namespace EdgeVision.Agent;

/// <summary>Where log lines go: to memory, for whoever asks from afar, and to the journal with its priorities under systemd, to the terminal with the time otherwise.</summary>
internal static class DaemonLog
{
    public static ILoggerFactory Create(LogLevel level, LogRing ring) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(level).AddProvider(ring);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 })
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
            });
        }
    });
}
