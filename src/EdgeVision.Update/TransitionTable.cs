using System.Collections.Frozen;
using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>The whole behaviour of an update that must survive a power cut: <c>(state, event) -> next</c>.</summary>
/// <remarks>
/// The next state is on disk before it is entered; a pair that does not stand here is a bug and throws.
/// After a cut the active model serves, and the deployment goes on by the name of its state: Offered is checked again, Downloading resumes its files,
/// Verified hashes again, AwaitingDecision and Waiting wait on. Golden, Shadow, Activating and Probation run the candidate's code, so an end of the process
/// there that was not <see cref="Stopped"/> counts as an unclean start (Restarted, then CrashLoop). RollingBack is finished first.
/// Example: killed in Probation, started, killed again: the next start finds CrashLoop, serves the previous model, RollingBack, Blocked(501).
/// </remarks>
internal static class TransitionTable
{
    /// <summary>Mender's number: a deployment that needs more is going round in circles.</summary>
    public const int MaxTransitions = 28;

    /// <summary>Runs of one candidate in one state that may end with the process.</summary>
    public const int MaxAttempts = 2;

    public static readonly IReadOnlyList<(UpdateState State, UpdateEvent Event, UpdateState Next)> Rows =
    [
        (Idle,             Deployed,   Offered),
        (Committed,        Deployed,   Offered),
        (Failed,           Deployed,   Offered),
        (Blocked,          Deployed,   Offered),

        (Offered,          Success,    Downloading),
        (Offered,          Failure,    Failed),
        (Offered,          Barred,     Blocked),          // tried before, and found bad on this very device
        (Offered,          Cancelled,  Failed),
        (Offered,          LoopBroken, Failed),
        (Offered,          Deployed,   Offered), // superseded, here and below: only the newest deployment is worth finishing

        (Downloading,      Success,    Verified),
        (Downloading,      Failure,    Failed),
        (Downloading,      Cancelled,  Failed),
        (Downloading,      LoopBroken, Failed),
        (Downloading,      Deployed,   Offered),

        (Verified,         Success,    Golden),
        (Verified,         Failure,    Failed),
        (Verified,         Cancelled,  Failed),
        (Verified,         LoopBroken, Failed),
        (Verified,         Deployed,   Offered),

        (Golden,           Success,    Shadow),
        (Golden,           Failure,    Failed),
        (Golden,           Cancelled,  Failed),
        (Golden,           Stopped,    Golden),
        (Golden,           Resumed,    Golden),
        (Golden,           Restarted,  Golden),
        (Golden,           CrashLoop,  Blocked),
        (Golden,           LoopBroken, Failed),
        (Golden,           Deployed,   Offered),

        (Shadow,           Success,    Waiting),
        (Shadow,           Held,       AwaitingDecision),
        (Shadow,           Failure,    Failed),
        (Shadow,           Cancelled,  Failed),
        (Shadow,           Stopped,    Shadow),
        (Shadow,           Resumed,    Shadow),
        (Shadow,           Restarted,  Shadow),              // the window begins anew
        (Shadow,           CrashLoop,  Blocked),
        (Shadow,           LoopBroken, Failed),
        (Shadow,           Deployed,   Offered),

        (AwaitingDecision, Success,    Waiting),
        (AwaitingDecision, Cancelled,  Failed),
        (AwaitingDecision, LoopBroken, Failed),
        (AwaitingDecision, Deployed,   Offered),

        (Waiting,          Success,    Activating),
        (Waiting,          Failure,    Failed),
        (Waiting,          Cancelled,  Failed),
        (Waiting,          LoopBroken, Failed),
        (Waiting,          Deployed,   Offered),

        (Activating,       Success,    Probation),           // the one write that changes what is served after a power cut
        (Activating,       Failure,    RollingBack),
        (Activating,       Cancelled,  RollingBack),
        (Activating,       Stopped,    Activating),
        (Activating,       Resumed,    Activating),
        (Activating,       Restarted,  Activating),
        (Activating,       CrashLoop,  RollingBack),
        (Activating,       LoopBroken, RollingBack),

        (Probation,        Success,    Committed),
        (Probation,        Failure,    RollingBack),
        (Probation,        Cancelled,  RollingBack),
        (Probation,        Stopped,    Probation),
        (Probation,        Resumed,    Probation),
        (Probation,        Restarted,  Probation),
        (Probation,        CrashLoop,  RollingBack),
        (Probation,        LoopBroken, RollingBack),
        (Probation,        Damaged,    RollingBack),

        (RollingBack,      Success,    Failed),
        (RollingBack,      Barred,     Blocked),

        (Committed,        Damaged,    Offered),             // fetched again; previous or factory serves meanwhile
        (Failed,           Damaged,    Offered),
        (Blocked,          Damaged,    Offered),
        (Committed,        LoopBroken, Failed),
        (Committed,        Undone,     RollingBack),
        (Failed,           Undone,     RollingBack),         // what serves is another deployment's, and was revoked
        (Blocked,          Undone,     RollingBack),
        (Blocked,          Approved,   Offered),
    ];

    private static readonly FrozenDictionary<(UpdateState, UpdateEvent), UpdateState> Next = Rows.ToFrozenDictionary(row => (row.State, row.Event), row => row.Next);

    public static UpdateState? Find(UpdateState state, UpdateEvent @event) => Next.TryGetValue((state, @event), out var next) ? next : null;

    public static bool IsEnd(UpdateState state) => state is Idle or Committed or Failed or Blocked;

    /// <summary>The candidate's code runs in this state, so that its crash can take the process along.</summary>
    public static bool RunsCandidate(UpdateState state) => state is Golden or Shadow or Activating or Probation;
}
