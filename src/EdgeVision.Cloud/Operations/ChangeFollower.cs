using System.Data.Common;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Operations;

/// <summary>Carries out what a change of identities and twins means for connected devices, in the order of the audit trail.</summary>
/// <remarks>
/// One road for all changes, whoever made them: this hub's REST interface, a command on the directory, another hub on the same database. So a device never hears of a change before an
/// earlier one, which it would miss for ever, because it rightly ignores versions that it already has. Who changes something here asks for a <see cref="CatchUpAsync"/>; what
/// others change is found within a second.
/// </remarks>
internal sealed partial class ChangeFollower(AuditTrail audit, TwinDesk twins, DeviceConnections connections, TimeProvider time, ILogger<ChangeFollower> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _seen = audit.Newest();
    private bool _isAway;

    public async Task CatchUpAsync()
    {
        await _turn.WaitAsync();
        try
        {
            while (audit.Read(_seen, PageSize) is { Count: > 0 } entries)
            {
                foreach (var entry in entries)
                {
                    await FollowAsync(entry);
                    _seen = entry.Sequence;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Interval, time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CatchUpAsync();
                _isAway = false;
            }
            catch (DbException exception)
            {
                Complain(exception); // the next tick tries again from the same place
            }
        }
    }

    private void Complain(DbException exception)
    {
        if (!_isAway)
        {
            Log.NotFollowed(logger, exception.Message);
        }

        _isAway = true;
    }

    private Task FollowAsync(AuditEntry entry) => entry switch
    {
        { Action: AuditAction.DeviceRemoved } => connections.CloseAsync(entry.Target),
        { Action: AuditAction.DeviceUpdated } when (string?)entry.Detail["status"] == "disabled" || (bool?)entry.Detail["keysChanged"] == true => connections.CloseAsync(entry.Target),
        { Action: AuditAction.TwinUpdated } when entry.Detail["desired"] is JsonObject desired => twins.TellAsync(entry.Target, desired),
        _ => Task.CompletedTask,
    };

    private static partial class Log
    {
        [LoggerMessage(8200, LogLevel.Warning, "Changes of devices cannot be followed until the database answers: {Reason}")]
        public static partial void NotFollowed(ILogger logger, string reason);
    }
}
