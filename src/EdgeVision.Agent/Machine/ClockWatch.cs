namespace EdgeVision.Agent;

/// <summary>Looks at the clock every second: a step or a time server found is said at once, and the hub is tried again, which a wrong clock may have kept away.</summary>
internal sealed partial class ClockWatch(ClockQuality clock, TelemetryReporter reporter, Action hubMayAnswerNow, TimeProvider time, ILogger<ClockWatch> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var change in clock.Changes())
            {
                Log.Changed(logger, change.Event, change.Detail);
                reporter.Event(change.Event, detail: change.Detail);
                hubMayAnswerNow();
            }

            await Task.Delay(Every, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7060, LogLevel.Warning, "{Event}: {Detail}")]
        public static partial void Changed(ILogger logger, string @event, string detail);
    }
}
