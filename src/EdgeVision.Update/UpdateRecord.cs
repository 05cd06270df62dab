namespace EdgeVision.Update;

/// <summary>Everything that must survive a power cut, in one record, so that there is no moment with two truths.</summary>
/// <remarks>Slots are digests of manifests, 64 hex digits. No active slot = the factory package serves.</remarks>
internal sealed record UpdateRecord
{
    public const int CurrentSchema = 1;

    public static readonly UpdateRecord Fresh = new()
    {
        Schema = CurrentSchema, State = UpdateState.Idle, Deployment = null, Active = null, Previous = null, Candidate = null,
        Attempt = 0, Transitions = 0, Code = UpdateCode.None, Reason = "",
    };

    public required int Schema { get; init; }

    public required UpdateState State { get; init; }

    public required ModelDeployment? Deployment { get; init; }

    public required string? Active { get; init; }

    public required string? Previous { get; init; }

    public required string? Candidate { get; init; }

    public required int Attempt { get; init; }

    public required int Transitions { get; init; }

    public required UpdateCode Code { get; init; }

    public required string Reason { get; init; }

    /// <summary>False for a file that is well-formed but not ours: its digests become paths.</summary>
    public bool IsSound() =>
        Schema == CurrentSchema && Enum.IsDefined(State)
        && IsSlot(Active) && IsSlot(Previous) && IsSlot(Candidate)
        && (Deployment is null ? State == UpdateState.Idle : DeploymentRules.IsSha256(Deployment.ManifestSha256))
        && (TransitionTable.IsEnd(State) || Candidate == Deployment?.ManifestSha256);

    private static bool IsSlot(string? digest) => digest is null || DeploymentRules.IsSha256(digest);
}
