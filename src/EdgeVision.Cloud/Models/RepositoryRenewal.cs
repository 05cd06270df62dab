using System.Data.Common;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Cloud.Models;

/// <summary>Keeps the repository fresh while the hub runs: publishes what people have signed in the meantime, renews snapshot and timestamp, and says in time when it cannot.</summary>
internal sealed partial class RepositoryRenewal(ModelRepository repository, DataDirectory directory, TimeProvider time, ILogger<RepositoryRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1), ComplaintInterval = TimeSpan.FromHours(12);
    private long? _complained;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the hub does not wait for this to listen
        using var clock = new PeriodicTimer(Interval, time);
        do
        {
            Renew();
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }

    private void Renew()
    {
        try
        {
            if (repository.Renew() is { Written.Count: > 0 } outcome)
            {
                Log.Published(logger, string.Join(", ", outcome.Written));
            }

            Look(repository.Status());
        }
        catch (Exception exception) when (exception is RepositoryException or TufException or DbException or IOException or UnauthorizedAccessException)
        {
            Complain(() => Log.NotRenewed(logger, exception.Message)); // what is published stays good until it expires
        }
    }

    private void Look(RepositoryStatus? status)
    {
        if (status?.Roles.FirstOrDefault(role => role.IsDue) is { } due)
        {
            Complain(() => Log.Due(logger, due.Role, due.DaysLeft));
        }
        else if (status?.IsDevelopment == true)
        {
            Complain(() => Log.Development(logger, DevelopmentKeys.Warning(directory.Trust)));
        }
    }

    private void Complain(Action say)
    {
        if (_complained is null || time.GetElapsedTime(_complained.Value) > ComplaintInterval)
        {
            _complained = time.GetTimestamp();
            say();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8230, LogLevel.Information, "Model repository: published {Roles}")]
        public static partial void Published(ILogger logger, string roles);

        [LoggerMessage(8231, LogLevel.Warning, "Model repository: {Role} expires in {Days:0.0} days and its keys are not here; after that devices take no new model. Renew it where they are: docs/model-repository.md")]
        public static partial void Due(ILogger logger, string role, double days);

        [LoggerMessage(8232, LogLevel.Error, "Model repository: not renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string reason);

        [LoggerMessage(8233, LogLevel.Warning, "Model repository: {Warning}")]
        public static partial void Development(ILogger logger, string warning);
    }
}
