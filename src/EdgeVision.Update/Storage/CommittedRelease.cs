namespace EdgeVision.Update;

/// <summary>A release that proved itself here: lower counters, and others with the same, are replays.</summary>
internal sealed record CommittedRelease(long Counter, string Digest)
{
    public static readonly CommittedRelease None = new(0, "");
}
