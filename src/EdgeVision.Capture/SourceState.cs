namespace EdgeVision.Capture;

/// <summary>What a frame source is doing.</summary>
public enum SourceState
{
    Opening,
    Streaming,

    /// <summary>Failed; waiting to be opened again.</summary>
    Waiting,
    Ended,
}
