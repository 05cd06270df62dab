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

    /// <summary>What is served when the active package breaks; null = the factory package.</summary>
    public string? PreviousDigest { get; init; }

    /// <summary>1 + starts that ended with the process while the candidate ran.</summary>
    public int Attempt { get; init; }

    public UpdateCode Code { get; init; }

    public string Reason { get; init; } = "";
}
