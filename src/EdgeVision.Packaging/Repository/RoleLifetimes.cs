using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>How long metadata holds after it was written, and when it is written anew.</summary>
/// <remarks>
/// A timestamp holds for 7 days and is due after half of that: an attacker who keeps devices from hearing anything new (freeze) is noticed within a week,
/// and a hub may be off for three days without anybody noticing that.
/// </remarks>
public static class RoleLifetimes
{
    /// <summary>Root, targets and the families, whose keys are offline: 365 days. Snapshot 30, timestamp 7.</summary>
    public static TimeSpan Of(string role) => TimeSpan.FromDays(role switch { RoleNames.Timestamp => 7, RoleNames.Snapshot => 30, _ => 365 });

    /// <summary>Offline roles: the last 60 days, because people have to come together. Snapshot and timestamp: the second half.</summary>
    public static bool IsDue(string role, DateTimeOffset expires, DateTimeOffset now) =>
        expires - now < (role is RoleNames.Timestamp or RoleNames.Snapshot ? Of(role) / 2 : TimeSpan.FromDays(60));
}
