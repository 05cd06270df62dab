namespace EdgeVision.Update;

/// <summary>What the site's configuration says about updates, whatever the cloud wishes.</summary>
public sealed record SitePolicy
{
    /// <summary>When models may change; null = at any time.</summary>
    public MaintenanceWindow? Window { get; init; }

    /// <summary>The zone that deployments call "site". Default: the device's.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>A deployment whose deadline has passed need not wait for <see cref="Window"/>. Default false.</summary>
    public bool DeadlineOverridesWindow { get; init; }

    /// <summary>Packages may come over a metered link. Default false.</summary>
    public bool AllowMetered { get; init; }

    /// <summary>Of a download, in kilobits (1000 bits) a second; null = no limit.</summary>
    public int? MaxKbps { get; init; }

    /// <summary>False: a person must approve before a model takes over. Default true.</summary>
    public bool AutoActivate { get; init; } = true;

    /// <summary>A revoked model makes way for the one before it, or for none. False: it goes on and an alarm is raised. Default true.</summary>
    public bool RevokedMakesWay { get; init; } = true;
}
