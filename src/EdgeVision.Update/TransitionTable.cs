using System.Collections.Frozen;
using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>The whole behaviour of an update that must survive a power cut: <c>(state, event) -> next</c>.</summary>
/// <remarks>
/// The next state is on disk before it is entered; a pair that does not stand here is a bug and throws.
/// After a kill the active model serves, and: Idle, Committed, Failed rest; Downloading resumes its files; Verifying hashes again;
/// Trial and Activating count an unclean start (row Restarted) and go back to Verifying, because the loaded candidate died with the process;
/// RollingBack is finished first. Example: killed in Activating, started, killed in Activating again: CrashLoop, RollingBack, Failed(501).
/// Signatures will stand between Verifying and Trial, the shadow run between Trial and Activating, probation between Activating and Committed.
/// </remarks>
internal static class TransitionTable
{
    /// <summary>Mender's number: a deployment that needs more is going round in circles.</summary>
    public const int MaxTransitions = 28;

    /// <summary>Starts of one candidate that may end with the process.</summary>
    public const int MaxAttempts = 2;

    public static readonly IReadOnlyList<(UpdateState State, UpdateEvent Event, UpdateState Next)> Rows =
    [
        (Idle,        Offered,    Downloading),
        (Committed,   Offered,    Downloading),
        (Failed,      Offered,    Downloading),
        (Downloading, Offered,    Downloading), // superseded: only the newest deployment is worth finishing
        (Verifying,   Offered,    Downloading),

        (Downloading, Success,    Verifying),
        (Downloading, Failure,    Failed),
        (Downloading, LoopBroken, Failed),

        (Verifying,   Success,    Trial),
        (Verifying,   Failure,    Failed),
        (Verifying,   LoopBroken, Failed),

        (Trial,       Success,    Activating),
        (Trial,       Failure,    Failed),
        (Trial,       Stopped,    Verifying),
        (Trial,       Restarted,  Verifying),
        (Trial,       CrashLoop,  Failed),
        (Trial,       LoopBroken, Failed),

        (Activating,  Success,    Committed),   // the one write that changes what is served after a power cut
        (Activating,  Failure,    RollingBack),
        (Activating,  Stopped,    Verifying),
        (Activating,  Restarted,  Verifying),
        (Activating,  CrashLoop,  RollingBack),
        (Activating,  LoopBroken, RollingBack),

        (RollingBack, Success,    Failed),

        (Committed,   Damaged,    Downloading), // previous or factory serves meanwhile
        (Committed,   LoopBroken, Failed),
    ];

    private static readonly FrozenDictionary<(UpdateState, UpdateEvent), UpdateState> Next = Rows.ToFrozenDictionary(row => (row.State, row.Event), row => row.Next);

    public static UpdateState? Find(UpdateState state, UpdateEvent @event) => Next.TryGetValue((state, @event), out var next) ? next : null;

    public static bool IsEnd(UpdateState state) => state is Idle or Committed or Failed;
}
