namespace EdgeVision.Cloud.Tests;

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(long unixSeconds) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
}
