using System.CommandLine;
using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond run</c>: the daemon, until SIGTERM or SIGINT; SIGHUP reads the configuration again.</summary>
internal static class RunCommand
{
    public const string DefaultConfig = "/etc/edgevision/edgevision.toml";

    private static readonly Option<string> Config = new("--config") { Description = "the configuration", DefaultValueFactory = _ => DefaultConfig };

    public static Command Create()
    {
        var command = new Command("run", "watch the cameras and report to the hub") { Config };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetRequiredValue(Config), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, CancellationToken cancellationToken)
    {
        var options = ConfigurationReader.Read(file);
        using var held = StateLock.Take(options.Device.StateDirectory);
        using var log = new LogRing(TimeProvider.System);
        using var loggers = DaemonLog.Create(options.Device.LogLevel, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var daemon = new Daemon(file, options, TimeProvider.System, loggers, log);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            daemon.Reload();
        });
        await daemon.RunAsync(stop.Token).ConfigureAwait(false);
        return 0;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
