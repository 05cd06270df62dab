namespace EdgeVision.Agent;

/// <summary>Section <c>[update]</c>: what the site says about new models, whatever the cloud wishes.</summary>
internal sealed record UpdateSection
{
    /// <summary>The root of trust, a TUF root.json; null = no model is taken over the air.</summary>
    public string? RootFile { get; init; }

    /// <summary>"01:00-04:00", when models may change; null = at any time.</summary>
    public string? Window { get; init; }

    /// <summary>IANA name; null = the device's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Default false.</summary>
    public bool DeadlineOverridesWindow { get; init; }

    /// <summary>Packages may come over a metered link. Default false.</summary>
    public bool AllowMetered { get; init; }

    /// <summary>The link is metered while this file is there; null = it never is.</summary>
    public string? MeteredFile { get; init; }

    /// <summary>Kilobits a second, 16 to 10000000; null = no limit.</summary>
    public int? MaxKbps { get; init; }

    /// <summary>Updates are held while this file is there; null = update.hold in the state directory.</summary>
    public string? HoldFile { get; init; }

    /// <summary>False: a person must approve before a model takes over. Default true.</summary>
    public bool AutoActivate { get; init; } = true;

    /// <summary>What a download leaves free of the disk, MiB, 1 to 1048576. Default 64.</summary>
    public int MinFreeMegabytes { get; init; } = 64;

    /// <summary>A revoked model makes way for the one before. False: it goes on, with an alarm. Default true.</summary>
    public bool RevokedMakesWay { get; init; } = true;

    /// <summary>Null = audit in the state directory.</summary>
    public string? AuditDirectory { get; init; }

    /// <summary>What the audit log may take of the disk, MiB, 1 to 1024. Default 4: some ten thousand entries.</summary>
    public int AuditMegabytes { get; init; } = 4;

    /// <summary>Share of the frames that a candidate sees beside the model in service, 0.01 to 1; null = 0.04, so few that the model in service does not become slower.</summary>
    public double? ShadowShare { get; init; }

    /// <summary>Least minutes of the shadow run in place of the manifest's, 0 to 10080; null = the manifest's.</summary>
    public double? ShadowMinutes { get; init; }

    /// <summary>Least minutes of probation in place of the manifest's, 0 to 10080; null = the manifest's.</summary>
    public double? ProbationMinutes { get; init; }
}
