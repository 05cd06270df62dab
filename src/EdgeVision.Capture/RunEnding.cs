namespace EdgeVision.Capture;

/// <summary>Why a run of the decoder ended, from how it ended and what it said.</summary>
internal static class RunEnding
{
    /// <returns>None for the proper end of a source that may end.</returns>
    public static CaptureFailure Of(FfmpegOptions options, PipeOutcome outcome, int? exitCode, long frames, DecoderLog log) => outcome switch
    {
        PipeOutcome.Stalled => Silent(frames, log),
        PipeOutcome.Corrupt => CaptureFailure.Undecodable,
        _ when frames == 0 => log.Failure == CaptureFailure.None ? CaptureFailure.Undecodable : Unanswered(options, log),
        _ when options.Reopen => CaptureFailure.Closed,
        _ when log.Failure == CaptureFailure.Closed || exitCode != 0 => CaptureFailure.Closed,
        _ => CaptureFailure.None,
    };

    /// <summary>A camera that never answered is not there; one that answered and then sends nothing is stalled.</summary>
    private static CaptureFailure Silent(long frames, DecoderLog log) => frames > 0 || log.Answered ? CaptureFailure.Stalled : CaptureFailure.TimedOut;

    /// <summary>ffmpeg says "invalid data" too when the other end hangs up in the middle of the greeting.</summary>
    private static CaptureFailure Unanswered(FfmpegOptions options, DecoderLog log) =>
        options.IsNetwork && !log.Answered && log.Failure == CaptureFailure.Undecodable ? CaptureFailure.TimedOut : log.Failure;
}
