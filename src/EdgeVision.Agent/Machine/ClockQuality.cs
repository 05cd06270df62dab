using System.Globalization;

namespace EdgeVision.Agent;

/// <summary>How far the clock on the wall can be trusted: whether the kernel says it follows a time server, and whether it was set while we ran.</summary>
/// <remarks>
/// A step shows as the difference between wall time and monotonic time having moved by more than half a second between two looks; slewing (at most 0.5 ms a second) never does.
/// Example: monotonic 10 s to 11 s while the wall goes from 12:00:00 to 13:00:01 is a step of +3600.0 s; messages say "stepped" for the next minute. Any thread.
/// </remarks>
/// <param name="time">Wall and monotonic clock.</param>
/// <param name="follows">Whether the clock follows a time server; asks the kernel unless told otherwise.</param>
internal sealed class ClockQuality(TimeProvider time, Func<bool>? follows = null)
{
    public const string Synced = "synced", Unsynced = "unsynced", Stepped = "stepped";

    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(0.5), SteppedFor = TimeSpan.FromSeconds(60);

    /// <summary>Before this program was written: a clock that shows less is not set.</summary>
    private static readonly DateTimeOffset Earliest = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Func<bool> _follows = follows ?? TimeServer.IsFollowed;
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private readonly Queue<ClockChange> _changes = new();
    private DateTimeOffset? _epoch; // the wall time at _started, as the clock has it now
    private bool? _synced;
    private long? _steppedAt;

    /// <summary>False where the clock runs from 1970, whatever the kernel says: certificates would be judged not yet valid and tokens made out for a time long gone.</summary>
    public bool IsSet => time.GetUtcNow() >= Earliest;

    /// <summary>Whether it follows a time server now: what was stamped before can be set right by it.</summary>
    public bool IsSynced
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _synced == true;
            }
        }
    }

    /// <summary>As it stands on messages and in the status.</summary>
    public string State
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _steppedAt is { } at && time.GetElapsedTime(at) < SteppedFor ? Stepped : _synced == true ? Synced : Unsynced;
            }
        }
    }

    /// <summary>What became of the clock since the last call.</summary>
    public IReadOnlyList<ClockChange> Changes()
    {
        lock (_gate)
        {
            Look();
            ClockChange[] changes = [.. _changes];
            _changes.Clear();
            return changes;
        }
    }

    private void Look()
    {
        var before = time.GetTimestamp();
        var epoch = time.GetUtcNow() - time.GetElapsedTime(_started, before);
        if (time.GetElapsedTime(before) < LeastStep / 10) // held up between the two clocks, their difference means nothing
        {
            Compare(epoch);
        }

        var synced = _follows();
        if (_synced is { } was && was != synced)
        {
            _changes.Enqueue(new ClockChange(synced ? "clock.synced" : "clock.unsynced", synced ? "follows a time server" : "does not follow a time server any more"));
        }

        _synced = synced;
    }

    private void Compare(DateTimeOffset epoch)
    {
        var step = epoch - (_epoch ?? epoch);
        _epoch = epoch;
        if (step.Duration() > LeastStep)
        {
            _steppedAt = time.GetTimestamp();
            _changes.Enqueue(new ClockChange("clock.stepped", string.Create(CultureInfo.InvariantCulture, $"{step.TotalSeconds:+0.0;-0.0} s")));
        }
    }
}
