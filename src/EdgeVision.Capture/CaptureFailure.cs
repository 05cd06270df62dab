namespace EdgeVision.Capture;

/// <summary>Why a source gave no frame. Shown to operators as is, so every member is something they can act on.</summary>
public enum CaptureFailure
{
    None,

    /// <summary>The host name did not resolve (dns).</summary>
    NameNotFound,

    /// <summary>Nothing listens at that address and port.</summary>
    Refused,

    /// <summary>The camera asked for another user or password (401, 403).</summary>
    Unauthorized,

    /// <summary>The path is not there (404), or no such file.</summary>
    NotFound,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Connected, but no frame for the stall limit.</summary>
    Stalled,

    /// <summary>What came could not be decoded.</summary>
    Undecodable,

    /// <summary>The stream ended although it should not.</summary>
    Closed,

    /// <summary>The decoder program itself is missing or could not be started.</summary>
    DecoderMissing,

    /// <summary>Anything else; the detail says what.</summary>
    Other,
}
