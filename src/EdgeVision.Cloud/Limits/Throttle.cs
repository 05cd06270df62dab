namespace EdgeVision.Cloud.Limits;

/// <summary>Slows a hub down to what a tier of Azure's would do: what is too much waits for a while, and is then refused. Without a tier nothing waits.</summary>
/// <remarks>The day's quota is counted in memory: a hub that starts anew begins a new one. Any thread.</remarks>
internal sealed class Throttle
{
    /// <summary>How long too much is shaped before it is refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A minute's worth of queries may come at once, because the tier counts them by the minute.</summary>
    private const double QuerySeconds = 60;
    private readonly TimeProvider _time;
    private readonly TierLimits? _limits;
    private readonly Dictionary<ThrottledOperation, TokenBucket> _buckets = [];
    private readonly Lock _gate = new();
    private DateTime _day;
    private long _blocks;

    public Throttle(ServeOptions options, TimeProvider time)
    {
        (_limits, _time) = (options.Tier, time);
        if (_limits is null)
        {
            return;
        }

        (ThrottledOperation, double)[] rates =
        [
            (ThrottledOperation.Connect, _limits.Connections), (ThrottledOperation.Send, _limits.Sends), (ThrottledOperation.DeviceMessage, _limits.DeviceMessages),
            (ThrottledOperation.TwinRead, _limits.TwinReads), (ThrottledOperation.TwinUpdate, _limits.TwinUpdates), (ThrottledOperation.Method, _limits.MethodBytes),
            (ThrottledOperation.Identity, _limits.IdentityOperations), (ThrottledOperation.FileUpload, _limits.FileUploads),
        ];
        foreach (var (operation, perSecond) in rates)
        {
            _buckets[operation] = new TokenBucket(perSecond, capacity: Math.Max(1, perSecond), time);
        }

        _buckets[ThrottledOperation.Query] = new TokenBucket(_limits.Queries, capacity: Math.Max(1, _limits.Queries * QuerySeconds), time);
    }

    /// <summary>Waits as long as the rate demands.</summary>
    /// <returns>429001 when that would be too long; null when it may go on.</returns>
    public async Task<HubError?> WaitAsync(ThrottledOperation operation, double amount = 1)
    {
        if (!_buckets.TryGetValue(operation, out var bucket))
        {
            return null;
        }

        if (bucket.Take(amount, Patience) is not { } wait)
        {
            return new HubError(429001, $"More {operation} than the tier allows.") { RetryAfter = bucket.Wait(amount) };
        }

        await Task.Delay(wait, _time);
        return null;
    }

    /// <summary>Counts a message against the day.</summary>
    /// <returns>403002 when the day's quota is used up; null otherwise.</returns>
    public HubError? Meter(int bytes)
    {
        if (_limits is null)
        {
            return null;
        }

        lock (_gate)
        {
            var today = _time.GetUtcNow().UtcDateTime.Date;
            (_day, _blocks) = _day == today ? (_day, _blocks) : (today, 0);
            _blocks += Math.Max(1, (bytes + _limits.BlockBytes - 1) / _limits.BlockBytes);
            return _blocks > _limits.BlocksPerDay ? new HubError(403002, "The quota of the day is used up, until 00:00 UTC.") : null;
        }
    }
}
