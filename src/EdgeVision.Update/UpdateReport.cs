using System.Text.Json.Nodes;

namespace EdgeVision.Update;

/// <summary>What the twin reports as <c>modelUpdate</c>.</summary>
public sealed record UpdateReport
{
    /// <summary>Null until the first deployment.</summary>
    public string? DeploymentId { get; init; }

    public UpdateState State { get; init; }

    /// <summary>Of the download, 0 to 100.</summary>
    public int Progress { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits; empty before <see cref="ModelUpdater.Recover"/>.</summary>
    public string ActiveDigest { get; init; } = "";

    public string ActiveModel { get; init; } = "";

    public string ActiveVersion { get; init; } = "";

    /// <summary>The variant in service; null when the package has only one.</summary>
    public string? ActiveVariant { get; init; }

    /// <summary>What is served when the active package breaks; null = the factory package.</summary>
    public string? PreviousDigest { get; init; }

    /// <summary>Runs of the candidate in this state, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>None while all goes well; in AwaitingDecision and Waiting, what it waits for.</summary>
    public UpdateCode Code { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Evidence of the gates, by the gate's name: <c>golden</c>, <c>shadow</c>, <c>probation</c>. Do not change it.</summary>
    public JsonObject Gate { get; init; } = [];

    /// <summary>The highest signed counter that this device has committed of the active model; 0 = none.</summary>
    public long Counter { get; init; }

    /// <summary>Of the repository's snapshot, as last trusted; 0 = none.</summary>
    public long CatalogueVersion { get; init; }

    /// <summary>Digests that are not tried again unless a person approves.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];

    /// <summary>Of the audit log, after its last entry; empty when there is none.</summary>
    public string AuditHead { get; init; } = "";

    /// <summary>The clock was found behind a moment that is known to have passed; trust is judged by that moment.</summary>
    public bool ClockBack { get; init; }
}
