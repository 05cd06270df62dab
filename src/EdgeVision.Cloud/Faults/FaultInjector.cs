using System.Collections.Concurrent;
using System.Globalization;
using EdgeVision.Cloud.Mqtt;

namespace EdgeVision.Cloud.Faults;

/// <summary>Does to a device what it asks for by the properties of a message, so that its behaviour in bad times can be tested. Off unless the hub was started with --test-faults.</summary>
/// <remarks>
/// <c>AzIoTHub_FaultOperationType</c> (<see cref="FaultKind"/>), <c>...DelayInSecs</c> until it begins, <c>...DurationInSecs</c> that it lasts, <c>...CloseReason</c> for the log. The message itself
/// is acknowledged and not kept. Any thread.
/// </remarks>
internal sealed partial class FaultInjector(DeviceConnections connections, ServeOptions options, TimeProvider time, ILogger<FaultInjector> logger)
{
    private const string Prefix = "AzIoTHub_FaultOperation";
    private const double MaxSeconds = 3600;
    private readonly ConcurrentDictionary<string, Fault> _faults = new(StringComparer.Ordinal);

    private sealed record Fault(FaultKind Kind, long Asked, TimeSpan Delay, TimeSpan Duration);

    /// <returns>Whether a message was such a wish.</returns>
    public bool TryTake(string deviceId, IReadOnlyDictionary<string, string?> bag)
    {
        if (!options.HasTestFaults || !Enum.TryParse<FaultKind>(bag.GetValueOrDefault(Prefix + "Type"), out var kind))
        {
            return false;
        }

        var fault = new Fault(kind, time.GetTimestamp(), Seconds(bag, "DelayInSecs"), Seconds(bag, "DurationInSecs"));
        _faults[deviceId] = fault;
        Log.Asked(logger, deviceId, kind, fault.Delay.TotalSeconds, fault.Duration.TotalSeconds, bag.GetValueOrDefault(Prefix + "CloseReason") ?? "");
        if (kind is FaultKind.KillTcp or FaultKind.ShutDownMqtt or FaultKind.InvokeAuthError)
        {
            _ = DropLaterAsync(deviceId, fault.Delay);
        }

        return true;
    }

    /// <summary>What a device asked for and that lasts.</summary>
    public FaultKind Active(string deviceId)
    {
        if (!_faults.TryGetValue(deviceId, out var fault))
        {
            return FaultKind.None;
        }

        var since = time.GetElapsedTime(fault.Asked);
        if (since > fault.Delay + fault.Duration)
        {
            _faults.TryRemove(KeyValuePair.Create(deviceId, fault));
        }

        return since >= fault.Delay && since <= fault.Delay + fault.Duration ? fault.Kind : FaultKind.None;
    }

    /// <summary>Why a message must end the connection; null when nothing was asked for.</summary>
    public HubError? Refusal(string deviceId) => Active(deviceId) switch
    {
        FaultKind.InvokeThrottling => new HubError(429001, "The device asked for throttling."),
        FaultKind.InvokeMaxMessageQuota => new HubError(403002, "The device asked for a used-up quota."),
        _ => null,
    };

    /// <summary>Whether a CONNECT must be refused; in a black hole only after that has ended.</summary>
    public async Task<bool> RefusesConnectAsync(string deviceId)
    {
        var kind = Active(deviceId);
        while (Active(deviceId) == FaultKind.BlackHole)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }

        return kind is FaultKind.InvokeAuthError or FaultKind.BlackHole;
    }

    private async Task DropLaterAsync(string deviceId, TimeSpan delay)
    {
        // At least until the acknowledgement is out.
        await Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.FromMilliseconds(100), time);
        await connections.DropAsync(deviceId);
    }

    private static TimeSpan Seconds(IReadOnlyDictionary<string, string?> bag, string name) =>
        double.TryParse(bag.GetValueOrDefault(Prefix + name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    private static partial class Log
    {
        [LoggerMessage(8150, LogLevel.Warning, "{Device}: asked for the fault {Kind} in {Delay} s for {Duration} s '{Reason}'")]
        public static partial void Asked(ILogger logger, string device, FaultKind kind, double delay, double duration, string reason);
    }
}
