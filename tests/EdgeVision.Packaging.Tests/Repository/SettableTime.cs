namespace EdgeVision.Packaging.Tests.Repository;

/// <summary>A clock on the wall that a test sets.</summary>
internal sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
