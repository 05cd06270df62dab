namespace EdgeVision.Update;

/// <summary>Where packages live, and how patient a download is.</summary>
public sealed record UpdateOptions
{
    /// <summary>Owned by the updater: state file, slots, partial downloads.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The package the user configured: read, never written.</summary>
    public required string FactoryDirectory { get; init; }

    /// <summary>The TUF root that deployments are checked with. Without it they fail with <see cref="UpdateCode.Signature"/>.</summary>
    public string? TrustRootFile { get; init; }

    /// <summary>PEM file; when given, only these authorities are trusted. Default: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Kinds of the cameras that the model will see, in the site's own words. Default none named.</summary>
    public IReadOnlyList<string> CameraProfiles { get; init; } = [];

    /// <summary>Bytes of disk a download leaves free. Default 64 MiB.</summary>
    public long ReserveBytes { get; init; } = 64L << 20;

    /// <summary>A server slower than this over <see cref="StallWindow"/> is given up for this attempt. Default 1024.</summary>
    public int MinBytesPerSecond { get; init; } = 1024;

    /// <summary>Default 60 s; also how long an answer may take.</summary>
    public TimeSpan StallWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Ceiling of the first wait before another attempt. Default 1 s.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ceiling of every wait. Default 5 min.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A server's Retry-After is obeyed up to this. Default 1 h.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Attempts in a row that bring nothing before the deployment fails. Default 30, over an hour at the ceiling. While bytes come there is no limit.</summary>
    public int MaxFruitlessAttempts { get; init; } = 30;

    /// <summary>How long an exam, an activation or a rollback may take. Default 30 min.</summary>
    public TimeSpan TrialLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a shadow run or a probation may take, waiting for cameras and daylight included. Default 7 days.</summary>
    public TimeSpan ObservationLimit { get; init; } = TimeSpan.FromDays(7);
}
