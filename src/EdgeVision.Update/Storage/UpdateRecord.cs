using System.Text.Json.Nodes;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Everything that must survive a power cut, in one record, so that there is no moment with two truths.</summary>
/// <remarks>No active slot = the factory package serves. What a transition changes beside the state stands in <see cref="RecordChanges"/>.</remarks>
internal sealed record UpdateRecord
{
    public const int CurrentSchema = 2;

    /// <summary>The oldest blocks go first, because a record must stay small.</summary>
    public const int MaxBlocked = 16;

    public static readonly UpdateRecord Fresh = new()
    {
        Schema = CurrentSchema, Sequence = 0, State = UpdateState.Idle, Deployment = null, Active = null, Previous = null, Older = null, Candidate = null,
        Attempt = 0, Transitions = 0, Running = false, Approved = false, Code = UpdateCode.None, Reason = "", Gate = [], Blocked = [], Counters = new Dictionary<string, CommittedRelease>(),
        TimeFloor = default, Deltas = [], CatalogueVersion = 0,
    };

    public required int Schema { get; init; }

    /// <summary>Of the write; the higher of two whole records counts.</summary>
    public required long Sequence { get; init; }

    public required UpdateState State { get; init; }

    public required ModelDeployment? Deployment { get; init; }

    public required Slot? Active { get; init; }

    public required Slot? Previous { get; init; }

    /// <summary>The previous of before, kept while a candidate is on probation, so that a rollback leaves the device as it was.</summary>
    public required Slot? Older { get; init; }

    public required Slot? Candidate { get; init; }

    /// <summary>Runs of the candidate in this state, from 1.</summary>
    public required int Attempt { get; init; }

    public required int Transitions { get; init; }

    /// <summary>The candidate's code may be running: a start that finds this true was not preceded by a stop.</summary>
    public required bool Running { get; init; }

    /// <summary>A person let the candidate pass: nobody is asked again.</summary>
    public required bool Approved { get; init; }

    public required UpdateCode Code { get; init; }

    public required string Reason { get; init; }

    /// <summary>Evidence of the gates passed so far, by the gate's name.</summary>
    public required JsonObject Gate { get; init; }

    public required IReadOnlyList<BlockedModel> Blocked { get; init; }

    /// <summary>The release with the highest counter ever committed, by model. Never falls.</summary>
    public required IReadOnlyDictionary<string, CommittedRelease> Counters { get; init; }

    /// <summary>The latest moment known to have passed; a clock before it is wrong. Never falls.</summary>
    public required DateTimeOffset TimeFloor { get; init; }

    /// <summary>By which files of the candidate may come as a difference to what is here.</summary>
    public required IReadOnlyList<ReleaseDelta> Deltas { get; init; }

    /// <summary>Of the repository's snapshot, as last trusted.</summary>
    public required long CatalogueVersion { get; init; }

    /// <summary>False for a file that is well-formed but not ours: its digests become paths.</summary>
    public bool IsSound() =>
        Schema == CurrentSchema && Sequence >= 0 && Enum.IsDefined(State) && Enum.IsDefined(Code)
        && Reason is not null && Gate is not null && Blocked is not null && Counters is not null && Deltas is not null // a null stands where JSON says null
        && Counters.Values.All(counter => counter is not null) && Deltas.All(delta => delta is not null)
        && IsSound(Active) && IsSound(Previous) && IsSound(Older) && IsSound(Candidate)
        && Blocked.All(blocked => blocked is not null && DeploymentRules.IsSha256(blocked.Digest))
        && (Deployment is null ? State == UpdateState.Idle : DeploymentRules.IsSha256(Deployment.ManifestSha256))
        && (TransitionTable.IsEnd(State) || Candidate is not null);

    public CommittedRelease HighestOf(string model) => Counters.GetValueOrDefault(model) ?? CommittedRelease.None;

    private static bool IsSound(Slot? slot) => slot?.IsSound() != false;
}
