namespace EdgeVision.Update;

/// <summary>What a deployment says about when and how it may be carried out: <c>notBefore</c>, <c>deadline</c> and <c>policy</c> of the desired <c>modelUpdate</c>.</summary>
/// <remarks>Plain values, because it is kept in the state of the update. It can only be stricter than the site: see <see cref="UpdatePolicy"/>.</remarks>
public sealed record DeploymentPolicy
{
    public static readonly DeploymentPolicy None = new();

    /// <summary>Nothing happens before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it should be in service; overrides a window only where the window's owner says so.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>"01:00-04:00"; null = at any time.</summary>
    public string? Window { get; init; }

    /// <summary>IANA name, or "site".</summary>
    public string Zone { get; init; } = TimeZones.Site;

    /// <summary>Past <see cref="Deadline"/> this deployment's own window counts no more.</summary>
    public bool DeadlineOverridesWindow { get; init; }

    /// <summary>False: not over a metered link, even where the site allows it.</summary>
    public bool AllowMetered { get; init; } = true;

    /// <summary>Kilobits (1000 bits) a second; null = the site's limit.</summary>
    public int? MaxKbps { get; init; }

    /// <summary>False: a person must approve before the model takes over.</summary>
    public bool AutoActivate { get; init; } = true;
}
