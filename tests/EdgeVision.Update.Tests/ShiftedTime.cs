namespace EdgeVision.Update.Tests;

/// <summary>A clock that is wrong by so much; durations are right.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
