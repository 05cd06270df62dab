namespace EdgeVision.Update;

/// <summary>How far a deployment has come. What each means after a power cut stands in <see cref="TransitionTable"/>.</summary>
public enum UpdateState
{
    /// <summary>Nothing was ever deployed: the factory package serves.</summary>
    Idle,

    /// <summary>Manifest and files are being fetched; what is whole stays, what is partial is resumed.</summary>
    Downloading,

    /// <summary>Everything is here; re-read, hashed, and made a slot.</summary>
    Verifying,

    /// <summary>The candidate is loaded beside the model in service.</summary>
    Trial,

    /// <summary>The candidate takes over between two frames.</summary>
    Activating,

    /// <summary>The candidate is the active model; the old one is kept as previous.</summary>
    Committed,

    /// <summary>The old model serves; the candidate is being removed.</summary>
    RollingBack,

    /// <summary>The deployment ended without changing what is served; code and reason say why.</summary>
    Failed,
}
