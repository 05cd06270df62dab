namespace EdgeVision.Update;

/// <summary>What moves a deployment from one state to the next.</summary>
internal enum UpdateEvent
{
    /// <summary>A deployment other than the recorded one.</summary>
    Deployed,

    Success,

    Failure,

    /// <summary>The shadow run asks a person.</summary>
    Held,

    /// <summary>A person took it back, or a newer deployment stands behind it.</summary>
    Cancelled,

    /// <summary>The process stops in good order while the candidate runs.</summary>
    Stopped,

    /// <summary>The candidate is about to run again after such a stop.</summary>
    Resumed,

    /// <summary>The process ended while the candidate ran, and started again.</summary>
    Restarted,

    /// <summary>The same, once too often.</summary>
    CrashLoop,

    /// <summary>More durable transitions than any honest deployment needs.</summary>
    LoopBroken,

    /// <summary>The active package no longer matches its digests on disk.</summary>
    Damaged,

    /// <summary>The candidate's digest is not to be tried again.</summary>
    Barred,

    /// <summary>A person lets a blocked digest try once more.</summary>
    Approved,

    /// <summary>A person wants the model before a committed one back, or the committed one was revoked.</summary>
    Undone,
}
