using System.Data.Common;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>Keeps one <see cref="ForwardRun"/> for each destination that stands in the database, whoever put it there.</summary>
internal sealed partial class ForwardService(DestinationStore destinations, TelemetryStore telemetry, TimeProvider time, ILogger<ForwardService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, Running> _runs = new(StringComparer.Ordinal);
    private bool _isAway;

    private sealed record Running(ForwardRun Run, Task Task, CancellationTokenSource Stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var clock = new PeriodicTimer(Interval, time);
            do
            {
                await FollowAsync();
            }
            while (await clock.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }

        await Task.WhenAll(_runs.Keys.ToList().Select(StopAsync));
        LetGo();
    }

    private async Task FollowAsync()
    {
        try
        {
            var wanted = destinations.All();
            foreach (var gone in _runs.Where(run => wanted.All(destination => destination.Name != run.Key || destination.Settings != run.Value.Run.Settings)).Select(run => run.Key).ToList())
            {
                await StopAsync(gone);
            }

            foreach (var destination in wanted.Where(destination => !_runs.ContainsKey(destination.Name)))
            {
                Start(destination);
            }

            _isAway = false;
        }
        catch (DbException exception)
        {
            Complain(exception);
        }
    }

    private void Complain(DbException exception)
    {
        if (!_isAway)
        {
            Log.NotRead(logger, exception.Message);
        }

        _isAway = true;
    }

    private void Start(Destination destination)
    {
        var stop = new CancellationTokenSource();
        var run = new ForwardRun(destination, _holder, destinations, telemetry, time, logger);
        _runs[destination.Name] = new Running(run, Task.Run(() => run.RunAsync(stop.Token)), stop);
    }

    private async Task StopAsync(string name)
    {
        _runs.Remove(name, out var running);
        using (running!.Stop)
        {
            await running.Stop.CancelAsync();
            await running.Task;
        }
    }

    /// <summary>So that another hub need not wait until the hold runs out.</summary>
    private void LetGo()
    {
        try
        {
            destinations.Release(_holder);
        }
        catch (DbException exception)
        {
            Complain(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8225, LogLevel.Warning, "The destinations of telemetry cannot be read or written: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
