namespace EdgeVision.Capture;

/// <summary>How waiting for the decoder ended.</summary>
internal enum PipeOutcome
{
    Data,

    /// <summary>The decoder closed its output.</summary>
    Ended,

    /// <summary>No frame for the stall limit.</summary>
    Stalled,

    /// <summary>Cancelled, or the source was disposed.</summary>
    Stopped,

    /// <summary>What came makes no sense, or cannot be told apart.</summary>
    Corrupt,
}
