namespace EdgeVision.Capture;

/// <summary>What a frame source is doing, in numbers an operator wants to see.</summary>
public sealed record SourceStatus
{
    public SourceState State { get; init; }

    /// <summary>Why it gives no frame, or gave none the last time.</summary>
    public CaptureFailure Failure { get; init; }

    /// <summary>One line for people, without credentials.</summary>
    public string Detail { get; init; } = "";

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Frames handed out.</summary>
    public long FramesRead { get; init; }

    /// <summary>Frames skipped because every buffer was leased.</summary>
    public long FramesSkipped { get; init; }

    /// <summary>Errors the decoder reported and went on from.</summary>
    public long DecodeErrors { get; init; }

    public long Reopens { get; init; }
}
