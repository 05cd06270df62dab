namespace EdgeVision.Update;

/// <summary>How far a deployment has come. What each means after a power cut stands in <see cref="TransitionTable"/>.</summary>
public enum UpdateState
{
    /// <summary>Nothing was ever deployed: the factory package serves.</summary>
    Idle,

    /// <summary>Known by id and digest; trust, counter, revocation and blocks are being checked.</summary>
    Offered,

    /// <summary>Manifest and files are being fetched; what is whole stays, what is partial is resumed.</summary>
    Downloading,

    /// <summary>Everything is here; re-read, hashed, and the network's structure looked through.</summary>
    Verified,

    /// <summary>The golden set, on this device's own runtime, in a child process.</summary>
    Golden,

    /// <summary>The candidate sees live frames beside the model in service; its answers go nowhere.</summary>
    Shadow,

    /// <summary>The two models disagree: a person approves or cancels.</summary>
    AwaitingDecision,

    /// <summary>Good enough; the maintenance window, a hold or an approval stands before the activation.</summary>
    Waiting,

    /// <summary>The candidate takes over between two frames.</summary>
    Activating,

    /// <summary>The candidate is the active model, watched; the old one is kept as previous.</summary>
    Probation,

    /// <summary>The candidate has proved itself.</summary>
    Committed,

    /// <summary>The model before goes back in service.</summary>
    RollingBack,

    /// <summary>The deployment ended without changing what is served; code and reason say why.</summary>
    Failed,

    /// <summary>The same, and its digest is not tried again unless a person approves.</summary>
    Blocked,
}
