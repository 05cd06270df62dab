namespace EdgeVision.Update;

/// <summary>What a policy is asked about: the instant, the site, and what people said.</summary>
/// <param name="Now">By the clock on the wall, once it is set.</param>
public sealed record PolicySituation(DateTimeOffset Now)
{
    /// <summary>Why the site's operator holds updates; null = no hold.</summary>
    public string? Hold { get; init; }

    public bool IsMetered { get; init; }

    /// <summary>Somebody approved this deployment.</summary>
    public bool IsApproved { get; init; }

    /// <summary>Somebody wants it activated now: windows, notBefore and approval count no more, the site's hold does.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The model in service was revoked: what takes its place waits for nobody.</summary>
    public bool IsRevocation { get; init; }
}
