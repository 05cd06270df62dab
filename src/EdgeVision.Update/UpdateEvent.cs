namespace EdgeVision.Update;

/// <summary>What moves a deployment from one state to the next.</summary>
internal enum UpdateEvent
{
    /// <summary>A deployment other than the recorded one.</summary>
    Offered,

    Success,

    Failure,

    /// <summary>Cancelled while the candidate ran: shutdown, or a newer deployment follows.</summary>
    Stopped,

    /// <summary>The process ended while the candidate ran, and started again.</summary>
    Restarted,

    /// <summary>The same, once too often.</summary>
    CrashLoop,

    /// <summary>More durable transitions than any honest deployment needs.</summary>
    LoopBroken,

    /// <summary>The active package no longer matches its digests on disk.</summary>
    Damaged,
}
